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
import { placesOfAny, sizePair } from '../window.ts';

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
function countsOf(
  rank: number,
  { size, depth }: { size: readonly [number, number]; depth: number },
): readonly number[] {
  if (rank === 3) return [size[0]];
  return rank === 5 ? [depth, ...size] : size;
}

/**
 * Pools an image `[B, H, W, C]`, a series `[B, T, C]` or a volume `[B, D, H, W, C]` of any size to a fixed one;
 * neighbouring windows may share places. He et al. 2015; torch.nn.AdaptiveAvgPool2d.
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
      depth: { label: 'Depth', help: 'Slices of the result; of volumes only.' },
      operation: { label: 'Operation', options: { average: 'Average', max: 'Maximum' } },
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['adaptive average pooling', 'adaptive max pooling', 'spatial pyramid'],
  },
  params: z.object({
    size: sizePair([1, 1], 64),
    depth: z.int().min(1).max(64).default(1),
    operation: z.enum(['average', 'max']).default('average'),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params, nodeId }) {
    if (!x) return { outputs: {} };
    const form = placesOfAny(x);
    if ('problem' in form) return form;
    const rank = x.shape.length;
    const counts = countsOf(rank, params);
    const large = counts.findIndex((count, axis) => count > (form.places[axis] ?? 1));
    if (large !== -1) {
      const [param, value] = rank === 5 && large === 0 ? ['depth', 1] : ['size', [1, 1]];
      return {
        problem: {
          code: 'pool-larger-than-input',
          port: 'x',
          param,
          data: { size: counts.join('×'), received: formatShape(x.shape) },
          fix: { kind: 'set-param', nodeId, param, value },
        },
      };
    }
    return { outputs: { y: float32([x.shape[0] ?? 'B', ...counts, form.channels]) } };
  },
  flops: ({ inputs: { x } }) => numbersOf(x),
  forward({ ctx: { ops }, inputs, params }) {
    const x = required(inputs.x, 'adaptive-pool: x');
    const counts = countsOf(x.shape.length, params);
    return {
      y: counts.reduce((y, count, axis) => poolAxis(ops, y, axis + 1, count, params.operation), x),
    };
  },
  summary: ({ size, depth, operation }) => [
    `to ${(depth > 1 ? [depth, ...size] : size).join('×')} · ${operation}`,
  ],
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
    pytorch: ({ inputs: { x }, params }) => {
      const rank = x?.shape.length ?? 4;
      const name = params.operation === 'max' ? 'max' : 'avg';
      return {
        call: channelsFirst(
          (input) => `F.adaptive_${name}_pool${rank - 2}d(${input}, ${python(countsOf(rank, params))})`,
        ),
      };
    },
    keras: ({ inputs: { x }, params }) => {
      const rank = x?.shape.length ?? 4;
      const name = params.operation === 'max' ? 'Max' : 'Average';
      return {
        module: `keras.layers.Adaptive${name}Pooling${rank - 2}D(${python(countsOf(rank, params))})`,
        call: '{self}({x})',
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
    {
      name: 'volume',
      inputs: { x: float32([1, 5, 4, 3, 2]) },
      params: { size: [3, 2], depth: 2 },
      outputs: { y: [1, 2, 3, 2, 2] },
    },
    {
      name: 'volume, largest, to one slice',
      inputs: { x: float32([2, 2, 3, 4, 1]) },
      params: { size: [2, 3], operation: 'max' },
      outputs: { y: [2, 1, 2, 3, 1] },
    },
  ],
});
