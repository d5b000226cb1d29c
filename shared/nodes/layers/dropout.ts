import { z } from 'zod';
import { float32, sampleSize } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';

/**
 * Inverted dropout: in training each number is zeroed with probability `rate` and the others are
 * scaled by 1/(1 − rate), so that evaluation leaves everything as it is. Srivastava et al. 2014.
 */
export const dropout = defineLayer({
  kind: 'dropout',
  category: 'normalization',
  icon: 'shuffle',
  text: {
    title: 'Dropout',
    description: 'Zeroes random numbers while training, against overfitting.',
    params: { rate: { label: 'Rate', help: 'Share of the numbers that is zeroed.' } },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['regularisation', 'regularization', 'noise', 'overfitting'],
  },
  params: z.object({ rate: z.number().min(0).max(0.99).default(0.5).meta({ step: 0.05 }) }),
  ports: {
    inputs: [{ id: 'x', type: 'tensor', dtypes: ['float32'] }],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { x } }) {
    return { outputs: x ? { y: x } : {} };
  },
  flops: ({ inputs: { x } }) => 2 * ((x && sampleSize(x.shape)) ?? 0),
  forward({ ctx, inputs: { x }, params }) {
    if (!x) throw new Error('dropout: input missing');
    if (!ctx.training || params.rate === 0) return { y: x };
    return { y: ctx.random.dropped(x, params.rate) };
  },
  summary: (params) => [`rate ${params.rate}`],
  lesson: {
    summary:
      'While training, each number is thrown away with the given chance, so that no unit can rely on another and the network learns many ways to the answer. What is left is scaled up; when it is used, everything is kept. Dropout makes training slower and the result steadier.',
    formula: 'y = x·m / (1 − p),  m = 0 with chance p',
    references: [
      {
        title: 'Srivastava et al. 2014: Dropout',
        url: 'https://jmlr.org/papers/v15/srivastava14a.html',
      },
    ],
  },
  sources: {
    pytorch: ({ params }) => ({ module: `nn.Dropout(${params.rate})`, call: '{self}({x})' }),
    keras: ({ params }) => ({ module: `keras.layers.Dropout(${params.rate})`, call: '{self}({x})' }),
  },
  examples: [
    {
      name: 'features',
      inputs: { x: float32([4, 6]) },
      params: { rate: 0.25 },
      outputs: { y: [4, 6] },
      parameterCount: 0,
    },
    { name: 'image', inputs: { x: float32([2, 3, 3, 4]) }, params: {}, outputs: { y: [2, 3, 3, 4] } },
    { name: 'switched off', inputs: { x: float32([2, 3]) }, params: { rate: 0 }, outputs: { y: [2, 3] } },
  ],
});
