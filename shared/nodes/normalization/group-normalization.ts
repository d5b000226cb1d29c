import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { epsilonText, inferChannels, scaleAndOffset } from '../channels.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';

/**
 * Normalises groups of neighbouring channels over all places of each sample, and scales and shifts each
 * channel: `[B, …, C]` → the same shape. Wu and He 2018.
 */
export const groupNormalization = defineLayer({
  kind: 'group-normalization',
  category: 'normalization',
  icon: 'group',
  text: {
    title: 'GroupNorm',
    description: 'Centres and scales groups of channels of each sample.',
    params: {
      groups: { label: 'Groups', help: 'How many; it must divide the channels.' },
      epsilon: epsilonText,
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['group norm', 'gn', 'normalisation', 'small batch'],
  },
  params: z.object({
    groups: z.int().min(1).max(65_536).default(8),
    epsilon: z.number().min(1e-8).max(0.1).default(1e-5).meta({ scale: 'log' }),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params, nodeId }) {
    const channels = Number(x?.shape.at(-1));
    if (x && channels % params.groups !== 0 && Number.isFinite(channels)) {
      const fitting = [8, 4, 2, 1].find((groups) => groups < params.groups && channels % groups === 0) ?? 1;
      return {
        problem: {
          code: 'groups-do-not-divide',
          port: 'x',
          param: 'groups',
          data: { groups: params.groups, channels, received: formatShape(x.shape) },
          fix: { kind: 'set-param', nodeId, param: 'groups', value: fitting },
        },
        outputs: { y: float32(x.shape) },
      };
    }
    return inferChannels(x);
  },
  weights: ({ inputs: { x } }) => scaleAndOffset(x, { scale: true, offset: true }),
  flops: ({ inputs: { x } }) => 8 * numbersOf(x),
  forward({ ctx: { ops }, inputs, weights, params: { groups, epsilon } }) {
    const x = required(inputs.x, 'group-normalization: x');
    const [batch = 1, ...rest] = x.shape;
    const channels = rest.at(-1) ?? 1;
    const places = rest.slice(0, -1).reduce((product, size) => product * size, 1);
    const apart = ops.reshape(x, [batch, places, groups, channels / groups]);
    const centred = ops.sub(apart, ops.mean(apart, [1, 3], true));
    const variance = ops.mean(ops.square(centred), [1, 3], true);
    const normal = ops.reshape(ops.mul(centred, ops.rsqrt(ops.add(variance, ops.scalar(epsilon)))), x.shape);
    const scaled = ops.mul(normal, required(weights.scale, 'group-normalization: scale'));
    return { y: ops.add(scaled, required(weights.offset, 'group-normalization: offset')) };
  },
  summary: ({ groups }) => [`${groups} groups`],
  lesson: {
    summary:
      'Normalises within each sample, so it works with batches of one or two where batch normalisation is too noisy: in detection, segmentation and diffusion. One group is layer normalisation over the whole sample; as many groups as channels is instance normalisation.',
    formula: 'y = γ·(x − μ_group) / √(σ²_group + ε) + β',
    references: [{ title: 'Wu and He 2018: Group normalization', url: 'https://arxiv.org/abs/1803.08494' }],
  },
  sources: {
    pytorch: ({ inputs: { x }, params }) => ({
      module: `nn.GroupNorm(${params.groups}, ${x?.shape.at(-1)}, eps=${params.epsilon})`,
      call: '{self}({x}.movedim(-1, 1)).movedim(1, -1)',
      weights: { scale: { name: 'weight' }, offset: { name: 'bias' } },
    }),
    keras: ({ params }) => ({
      module: `keras.layers.GroupNormalization(${params.groups}, epsilon=${params.epsilon})`,
      call: '{self}({x})',
      weights: { scale: { name: 'gamma' }, offset: { name: 'beta' } },
    }),
  },
  examples: [
    {
      name: 'image',
      inputs: { x: float32([2, 3, 4, 6]) },
      params: { groups: 3 },
      outputs: { y: [2, 3, 4, 6] },
      parameterCount: 12,
    },
    {
      name: 'series, one group',
      inputs: { x: float32([2, 5, 4]) },
      params: { groups: 1, epsilon: 1e-3 },
      outputs: { y: [2, 5, 4] },
      parameterCount: 8,
    },
  ],
});
