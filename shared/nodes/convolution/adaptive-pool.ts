import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import type { Ops } from '../ops.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { channelsFirst, python } from '../sources.ts';
import { sizePair } from '../window.ts';

/** Pools one axis into `count` windows from ⌊i·size/count⌋ to ⌈(i + 1)·size/count⌉. */
function poolAxis(ops: Ops, x: Tensor, axis: number, count: number, operation: 'average' | 'max'): Tensor {
  const size = x.shape[axis] ?? 1;
  const parts = Array.from({ length: count }, (_, index) => {
    const start = Math.floor((index * size) / count);
    const end = Math.ceil(((index + 1) * size) / count);
    const begin = x.shape.map((__, other) => (other === axis ? start : 0));
    const extent = x.shape.map((dim, other) => (other === axis ? end - start : dim));
    const window = ops.slice(x, begin, extent);
    return operation === 'max' ? ops.max(window, [axis], true) : ops.mean(window, [axis], true);
  });
  return parts.length === 1 && parts[0] ? parts[0] : ops.concat(parts, axis);
}

/** How many windows each axis between batch and channels gets. */
const countsOf = (rank: number, size: readonly [number, number]): readonly number[] =>
  rank === 3 ? [size[0]] : size;

/**
 * Pools an image `[B, H, W, C]` or a series `[B, T, C]` of any size to a fixed one; neighbouring windows
 * may share places. He et al. 2015; torch.nn.AdaptiveAvgPool2d.
 */
export const adaptivePool = defineLayer({
  kind: 'adaptive-pool',
  category: 'convolution',
  icon: 'fold-horizontal',
  text: {
    title: 'Adaptive pool',
    description: 'Pools to a fixed size, whatever the size before.',
    params: {
      size: { label: 'Size', help: 'Height and width of the result; of a series only the first counts.' },
      operation: { label: 'Operation', options: { average: 'Average', max: 'Maximum' } },
    },
    ports: { x: 'image or series', y: 'image or series' },
    aliases: ['adaptive average pooling', 'adaptive max pooling', 'spatial pyramid'],
  },
  params: z.object({
    size: sizePair([1, 1], 64),
    operation: z.enum(['average', 'max']).default('average'),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params, nodeId }) {
    if (!x) return { outputs: {} };
    const rank = x.shape.length;
    const [batch = 'B', ...rest] = x.shape;
    if ((rank !== 3 && rank !== 4) || rest.some((dim) => typeof dim !== 'number')) {
      return {
        problem: {
          code: 'needs-image-input',
          port: 'x',
          data: { expected: 'B×H×W×C', received: formatShape(x.shape) },
        },
      };
    }
    const counts = countsOf(rank, params.size);
    if (counts.some((count, axis) => count > Number(rest[axis]))) {
      return {
        problem: {
          code: 'pool-larger-than-input',
          port: 'x',
          param: 'size',
          data: { size: counts.join('×'), received: formatShape(x.shape) },
          fix: { kind: 'set-param', nodeId, param: 'size', value: [1, 1] },
        },
      };
    }
    return { outputs: { y: float32([batch, ...counts, rest.at(-1) ?? 1]) } };
  },
  flops: ({ inputs: { x } }) => numbersOf(x),
  forward({ ctx: { ops }, inputs, params }) {
    const x = required(inputs.x, 'adaptive-pool: x');
    const counts = countsOf(x.shape.length, params.size);
    return {
      y: counts.reduce((y, count, axis) => poolAxis(ops, y, axis + 1, count, params.operation), x),
    };
  },
  summary: ({ size, operation }) => [`to ${size.join('×')} · ${operation}`],
  lesson: {
    summary:
      'Says how large the result shall be and lets the windows follow, so that a dense layer after it fits inputs of every size. Where sizes do not divide, neighbouring windows share a row.',
    references: [
      {
        title: 'He et al. 2015: Spatial pyramid pooling in deep convolutional networks',
        url: 'https://arxiv.org/abs/1406.4729',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { x }, params: { size, operation } }) => {
      const rank = x?.shape.length ?? 4;
      const name = operation === 'max' ? 'max' : 'avg';
      return {
        call: channelsFirst(
          (input) => `F.adaptive_${name}_pool${rank - 2}d(${input}, ${python(countsOf(rank, size))})`,
        ),
      };
    },
  },
  examples: [
    {
      name: 'uneven windows',
      inputs: { x: float32([2, 7, 5, 3]) },
      params: { size: [3, 2] },
      outputs: { y: [2, 3, 2, 3] },
      parameterCount: 0,
    },
    {
      name: 'series, largest',
      inputs: { x: float32([2, 8, 3]) },
      params: { size: [3, 1], operation: 'max' },
      outputs: { y: [2, 3, 3] },
    },
  ],
});
