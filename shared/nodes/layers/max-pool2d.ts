import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import { paddingOptions, paddingSchema, sizePair, slideWindow } from '../window.ts';

/**
 * Largest value of each window: `[B, H, W, C]` → `[B, H′, W′, C]`. Riesenhuber and Poggio 1999;
 * padding as in TensorFlow (padded places never win).
 */
export const maxPool2d = defineLayer({
  kind: 'max-pool2d',
  category: 'convolution',
  icon: 'minimize-2',
  text: {
    title: 'MaxPool2D',
    description: 'Keeps the largest value of each window.',
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
    aliases: ['max pooling', 'downsample', 'subsample'],
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
    if (!x) throw new Error('max-pool2d: input missing');
    return {
      y: ops.maxPool2d(x, { size: params.poolSize, strides: params.strides, padding: params.padding }),
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
