import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { float32 } from '../types/shape.ts';
import { defineLayer, type LayerNode } from './defineNode.ts';
import type { Ops, Pool2dOptions } from './ops.ts';
import { paddingOptions, paddingSchema, sizePair, slideWindow } from './window.ts';

/** What tells one pooling layer from another. */
export interface Pool2dKind {
  readonly kind: string;
  readonly icon: string;
  readonly title: string;
  readonly description: string;
  readonly aliases: readonly string[];
  pool(ops: Ops, x: Tensor, options: Pool2dOptions): Tensor;
}

/** A layer that makes one value of each window: `[B, H, W, C]` → `[B, H′, W′, C]`. */
export function definePool2d({ kind, icon, title, description, aliases, pool }: Pool2dKind): LayerNode {
  return defineLayer({
    kind,
    category: 'convolution',
    icon,
    text: {
      title,
      description,
      params: {
        poolSize: { label: 'Window', help: 'Height and width of the window.' },
        strides: { label: 'Stride', help: 'How far the window moves, down and across.' },
        padding: {
          label: 'Padding',
          help: 'Same lets windows hang over the edge; valid uses whole windows only.',
          options: paddingOptions,
        },
      },
      ports: { x: 'image', y: 'image' },
      aliases,
    },
    params: z.object({
      poolSize: sizePair([2, 2], 255),
      strides: sizePair([2, 2], 255),
      padding: paddingSchema.default('valid'),
    }),
    ports: {
      inputs: [{ id: 'x', type: 'tensor', dtypes: ['float32'] }],
      outputs: [{ id: 'y', type: 'tensor' }],
    },
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
      return { outputs: { y: float32([x.shape[0] ?? 'B', slid.height, slid.width, slid.channels]) } };
    },
    flops({ outputs: { y }, params }) {
      if (y?.type !== 'tensor') return 0;
      const positions = Number(y.shape[1]) * Number(y.shape[2]) * Number(y.shape[3]);
      return positions * params.poolSize[0] * params.poolSize[1];
    },
    forward({ ctx: { ops }, inputs: { x }, params }) {
      if (!x) throw new Error(`${kind}: input missing`);
      return {
        y: pool(ops, x, { size: params.poolSize, strides: params.strides, padding: params.padding }),
      };
    },
    summary: (params) => [
      `${params.poolSize.join('×')} · stride ${params.strides.join('×')} · ${params.padding}`,
    ],
    examples: [
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
    ],
  });
}
