import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { inferChannels, scaleAndOffset } from '../channels.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { python } from '../sources.ts';

/** Divides each vector of the last axis by its root mean square. Zhang and Sennrich 2019. */
export const rmsNormalization = defineLayer({
  kind: 'rms-normalization',
  category: 'normalization',
  icon: 'radical',
  text: {
    title: 'RMSNorm',
    description: 'Scales each vector to a mean square of one.',
    params: {
      epsilon: { label: 'Epsilon', help: 'Added to the mean square, against division by zero.' },
      scale: { label: 'Scale', help: 'A learned factor for each channel.' },
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['rms norm', 'root mean square', 'llama', 'normalisation'],
  },
  params: z.object({
    epsilon: z.number().min(1e-8).max(0.1).default(1e-5).meta({ scale: 'log' }),
    scale: z.boolean().default(true),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x } }) => inferChannels(x),
  weights: ({ inputs: { x }, params }) => scaleAndOffset(x, { scale: params.scale, offset: false }),
  flops: ({ inputs: { x } }) => 4 * numbersOf(x),
  forward: ({ ctx: { ops }, inputs, weights: { scale }, params }) => ({
    y: ops.rmsNorm(required(inputs.x, 'rms-normalization: x'), scale, params.epsilon),
  }),
  summary: ({ scale }) => [scale ? 'last axis' : 'last axis · no scale'],
  lesson: {
    summary:
      'Layer normalisation without taking the mean away: simpler, a little faster, and as good in most transformers, which is why recent language models use it.',
    formula: 'y = γ·x / √(mean(x²) + ε)',
    references: [
      {
        title: 'Zhang and Sennrich 2019: Root mean square layer normalization',
        url: 'https://arxiv.org/abs/1910.07467',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { x }, params: { epsilon, scale } }) => ({
      module: `nn.RMSNorm(${x?.shape.at(-1)}, eps=${epsilon}, elementwise_affine=${python(scale)})`,
      call: '{self}({x})',
      weights: scale ? { scale: { name: 'weight' } } : {},
    }),
    keras: ({ params: { epsilon, scale } }) =>
      scale
        ? {
            module: `keras.layers.RMSNormalization(epsilon=${epsilon})`,
            call: '{self}({x})',
            weights: { scale: { name: 'scale' } },
          }
        : { call: `{x} * ops.rsqrt(ops.mean({x} ** 2, axis=-1, keepdims=True) + ${epsilon})` },
  },
  examples: [
    {
      name: 'a sequence',
      inputs: { x: float32([2, 3, 5]) },
      params: {},
      outputs: { y: [2, 3, 5] },
      parameterCount: 5,
    },
    {
      name: 'features, plain',
      inputs: { x: float32([4, 7]) },
      params: { scale: false, epsilon: 1e-3 },
      outputs: { y: [4, 7] },
      parameterCount: 0,
    },
  ],
});
