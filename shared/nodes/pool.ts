import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { float32 } from '../types/shape.ts';
import { defineLayer, type LayerNode, type NodeExample, type NodeLesson } from './defineNode.ts';
import type { Ops, Pool2dOptions } from './ops.ts';
import { floatPort, tensorPort } from './ports.ts';
import { required } from './required.ts';
import { channelsFirst, python } from './sources.ts';
import { paddingOf, paddingOptions, paddingSchema, sizePair, slideWindow, torchPadding } from './window.ts';

/** What tells one pooling layer from another. */
export interface PoolKind {
  readonly kind: string;
  readonly icon: string;
  readonly title: string;
  readonly description: string;
  readonly aliases: readonly string[];
  readonly lesson: NodeLesson;
  readonly operation: 'max' | 'average';
}

export const poolPaddingText = {
  label: 'Padding',
  help: 'Same lets windows hang over the edge; valid uses whole windows only.',
  options: paddingOptions,
};

export function pool(ops: Ops, operation: PoolKind['operation'], x: Tensor, options: Pool2dOptions): Tensor {
  return operation === 'max' ? ops.maxPool2d(x, options) : ops.averagePool2d(x, options);
}

/**
 * Pooling in PyTorch over padded places. Only what is inside counts: the largest of numbers and minus
 * infinity, or the average of pixels over the average of ones.
 */
export function torchPool(
  operation: PoolKind['operation'],
  axes: number,
  window: string,
  pads: string,
): string {
  return channelsFirst((x) =>
    operation === 'max'
      ? `F.max_pool${axes}d(F.pad(${x}, ${pads}, value=float("-inf")), ${window})`
      : `(lambda t: F.avg_pool${axes}d(F.pad(t, ${pads}), ${window}) / F.avg_pool${axes}d(F.pad(torch.ones_like(t), ${pads}), ${window}))(${x})`,
  );
}

export const kerasPoolName = { max: 'MaxPooling', average: 'AveragePooling' } as const;

/** A layer that makes one value of each window of an image: `[B, H, W, C]` → `[B, H′, W′, C]`. */
export function definePool2d({ operation, ...kind }: PoolKind): LayerNode {
  return defineLayer({
    kind: kind.kind,
    category: 'convolution',
    icon: kind.icon,
    text: {
      title: kind.title,
      description: kind.description,
      params: {
        poolSize: { label: 'Window', help: 'Height and width of the window.' },
        strides: { label: 'Stride', help: 'How far the window moves, down and across.' },
        padding: poolPaddingText,
      },
      ports: { x: 'image', y: 'image' },
      aliases: kind.aliases,
    },
    params: z.object({
      poolSize: sizePair([2, 2], 255),
      strides: sizePair([2, 2], 255),
      padding: paddingSchema.default('valid'),
    }),
    ports: { inputs: [floatPort()], outputs: [tensorPort()] },
    infer({ inputs: { x }, params, nodeId }) {
      if (!x) return { outputs: {} };
      const slid = slideWindow(x, { ...params, size: params.poolSize });
      if ('problem' in slid) {
        return slid.problem.code === 'window-too-large'
          ? {
              problem: {
                ...slid.problem,
                param: 'poolSize',
                fix: { kind: 'set-param', nodeId, param: 'padding', value: 'same' },
              },
            }
          : slid;
      }
      return { outputs: { y: float32([x.shape[0] ?? 'B', ...slid.places, slid.channels]) } };
    },
    flops({ outputs: { y }, params }) {
      if (y?.type !== 'tensor') return 0;
      const positions = Number(y.shape[1]) * Number(y.shape[2]) * Number(y.shape[3]);
      return positions * params.poolSize[0] * params.poolSize[1];
    },
    forward({ ctx: { ops }, inputs, params: { poolSize: size, strides, padding } }) {
      return { y: pool(ops, operation, required(inputs.x, `${kind.kind}: x`), { size, strides, padding }) };
    },
    summary: ({ poolSize, strides, padding }) => [
      `${poolSize.join('×')} · stride ${strides.join('×')} · ${padding}`,
    ],
    lesson: kind.lesson,
    sources: {
      pytorch: ({ inputs: { x }, params }) => ({
        call: torchPool(
          operation,
          2,
          `${python(params.poolSize)}, ${python(params.strides)}`,
          python(x ? torchPadding(paddingOf(x, { ...params, size: params.poolSize })) : []),
        ),
      }),
      keras: ({ params }) => ({
        module: `keras.layers.${kerasPoolName[operation]}2D(${python(params.poolSize)}, strides=${python(params.strides)}, padding="${params.padding}")`,
        call: '{self}({x})',
      }),
    },
    examples: imageExamples,
  });
}

/** A layer that makes one value of each window of a series: `[B, T, C]` → `[B, T′, C]`. */
export function definePool1d({ operation, ...kind }: PoolKind): LayerNode {
  return defineLayer({
    kind: kind.kind,
    category: 'convolution',
    icon: kind.icon,
    text: {
      title: kind.title,
      description: kind.description,
      params: {
        poolSize: { label: 'Window', help: 'Steps of the window.' },
        strides: { label: 'Stride', help: 'How far the window moves.' },
        padding: poolPaddingText,
      },
      ports: { x: 'series', y: 'series' },
      aliases: kind.aliases,
    },
    params: z.object({
      poolSize: z.int().min(1).max(4096).default(2),
      strides: z.int().min(1).max(4096).default(2),
      padding: paddingSchema.default('valid'),
    }),
    ports: { inputs: [floatPort()], outputs: [tensorPort()] },
    infer({ inputs: { x }, params, nodeId }) {
      if (!x) return { outputs: {} };
      const slid = slideWindow(x, seriesWindow(params));
      if ('problem' in slid) {
        return slid.problem.code === 'window-too-large'
          ? {
              problem: {
                ...slid.problem,
                param: 'poolSize',
                fix: { kind: 'set-param', nodeId, param: 'padding', value: 'same' },
              },
            }
          : slid;
      }
      return { outputs: { y: float32([x.shape[0] ?? 'B', ...slid.places, slid.channels]) } };
    },
    flops: ({ outputs: { y }, params }) =>
      y?.type === 'tensor' ? Number(y.shape[1]) * Number(y.shape[2]) * params.poolSize : 0,
    forward({ ctx: { ops }, inputs, params: { poolSize, strides, padding } }) {
      const x = required(inputs.x, `${kind.kind}: x`);
      const [batch = 1, steps = 1, channels = 1] = x.shape;
      const image = ops.reshape(x, [batch, 1, steps, channels]);
      const y = pool(ops, operation, image, { size: [1, poolSize], strides: [1, strides], padding });
      return { y: ops.reshape(y, [batch, y.shape[2] ?? 1, channels]) };
    },
    summary: ({ poolSize, strides, padding }) => [`${poolSize} steps · stride ${strides} · ${padding}`],
    lesson: kind.lesson,
    sources: {
      pytorch: ({ inputs: { x }, params }) => ({
        call: torchPool(
          operation,
          1,
          `${params.poolSize}, ${params.strides}`,
          python(x ? torchPadding(paddingOf(x, seriesWindow(params))) : []),
        ),
      }),
      keras: ({ params }) => ({
        module: `keras.layers.${kerasPoolName[operation]}1D(${params.poolSize}, strides=${params.strides}, padding="${params.padding}")`,
        call: '{self}({x})',
      }),
    },
    examples: seriesExamples,
  });
}

const seriesWindow = (params: { poolSize: number; strides: number; padding: 'same' | 'valid' }) => ({
  size: [params.poolSize],
  strides: [params.strides],
  padding: params.padding,
});

const imageExamples: readonly NodeExample[] = [
  {
    name: 'halves height and width',
    inputs: { x: float32([2, 8, 6, 3]) },
    params: {},
    outputs: { y: [2, 4, 3, 3] },
    parameterCount: 0,
  },
  {
    name: 'odd size, valid drops the last row and column',
    inputs: { x: float32([2, 7, 5, 2]) },
    params: {},
    outputs: { y: [2, 3, 2, 2] },
  },
  {
    name: 'odd size, same keeps them',
    inputs: { x: float32([2, 7, 5, 2]) },
    params: { padding: 'same' },
    outputs: { y: [2, 4, 3, 2] },
  },
  {
    name: 'overlapping windows',
    inputs: { x: float32([1, 9, 9, 1]) },
    params: { poolSize: [3, 3], strides: [2, 2] },
    outputs: { y: [1, 4, 4, 1] },
  },
];

const seriesExamples: readonly NodeExample[] = [
  {
    name: 'halves the length',
    inputs: { x: float32([2, 8, 3]) },
    params: {},
    outputs: { y: [2, 4, 3] },
    parameterCount: 0,
  },
  {
    name: 'odd length, same, overlapping',
    inputs: { x: float32([2, 7, 2]) },
    params: { poolSize: 3, padding: 'same' },
    outputs: { y: [2, 4, 2] },
  },
];
