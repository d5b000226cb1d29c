import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { epsilonText, inferChannels, scaleAndOffset } from '../channels.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { python } from '../sources.ts';

/** Normalises each channel of each sample over its places: `[B, …, C]` → the same shape. Ulyanov et al. 2016. */
export const instanceNormalization = defineLayer({
  kind: 'instance-normalization',
  category: 'normalization',
  icon: 'contrast',
  text: {
    title: 'InstanceNorm',
    description: 'Centres and scales each channel of each sample.',
    params: {
      affine: { label: 'Scale and offset', help: 'Learned, for each channel.' },
      epsilon: epsilonText,
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['instance norm', 'style transfer', 'contrast', 'normalisation'],
  },
  params: z.object({
    affine: z.boolean().default(true),
    epsilon: z.number().min(1e-8).max(0.1).default(1e-5).meta({ scale: 'log' }),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x } }) => inferChannels(x, 3),
  weights: ({ inputs: { x }, params }) => scaleAndOffset(x, { scale: params.affine, offset: params.affine }),
  flops: ({ inputs: { x } }) => 8 * numbersOf(x),
  forward({ ctx: { ops }, inputs, weights: { scale, offset }, params }) {
    const x = required(inputs.x, 'instance-normalization: x');
    const places = x.shape.slice(1, -1).map((_, axis) => axis + 1);
    const centred = ops.sub(x, ops.mean(x, places, true));
    const variance = ops.mean(ops.square(centred), places, true);
    const y = ops.mul(centred, ops.rsqrt(ops.add(variance, ops.scalar(params.epsilon))));
    return { y: scale && offset ? ops.add(ops.mul(y, scale), offset) : y };
  },
  summary: ({ affine }) => [affine ? 'with scale and offset' : 'plain'],
  lesson: {
    summary:
      'Takes the contrast of each channel out of each image by itself. That contrast is much of an image’s style, so networks that change styles work better with it, and setting scale and offset from outside sets a style.',
    formula: 'y = γ·(x − μ_channel) / √(σ²_channel + ε) + β',
    references: [
      {
        title: 'Ulyanov, Vedaldi and Lempitsky 2016: Instance normalization',
        url: 'https://arxiv.org/abs/1607.08022',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { x }, params: { affine, epsilon } }) => ({
      module: `nn.InstanceNorm${(x?.shape.length ?? 4) - 2}d(${x?.shape.at(-1)}, eps=${epsilon}, affine=${python(affine)})`,
      call: '{self}({x}.movedim(-1, 1)).movedim(1, -1)',
      weights: affine ? { scale: { name: 'weight' }, offset: { name: 'bias' } } : {},
    }),
    keras: ({ params: { affine, epsilon } }) => ({
      module: `keras.layers.GroupNormalization(-1, epsilon=${epsilon}, scale=${python(affine)}, center=${python(affine)})`,
      call: '{self}({x})',
      weights: affine ? { scale: { name: 'gamma' }, offset: { name: 'beta' } } : {},
    }),
  },
  examples: [
    {
      name: 'image',
      inputs: { x: float32([2, 3, 4, 3]) },
      params: {},
      outputs: { y: [2, 3, 4, 3] },
      parameterCount: 6,
    },
    {
      name: 'series, plain',
      inputs: { x: float32([2, 5, 4]) },
      params: { affine: false, epsilon: 1e-3 },
      outputs: { y: [2, 5, 4] },
      parameterCount: 0,
    },
  ],
});
