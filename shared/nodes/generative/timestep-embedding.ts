import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import { positionAngles } from '../rotary.ts';

/**
 * A time of a diffusion process as features: t `[B]` in 0 … 1 → `[B, size]`, sines and then cosines of
 * 1000·t at falling frequencies (Ho, Jain and Abbeel 2020).
 */
export const timestepEmbedding = defineLayer({
  kind: 'timestep-embedding',
  category: 'generative',
  icon: 'timer',
  text: {
    title: 'Time embedding',
    description: 'Tells a network how much noise is in its input.',
    params: { size: { label: 'Size', help: 'Numbers for each time; half are sines, half cosines.' } },
    ports: { t: 'time', y: 'features' },
    aliases: ['diffusion', 'ddpm', 'timestep', 'sinusoidal'],
  },
  params: z.object({ size: z.int().min(2).max(4096).multipleOf(2).default(32) }),
  ports: {
    inputs: [{ id: 't', type: 'tensor', dtypes: ['float32'] }],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { t }, params }) {
    if (!t) return { outputs: {} };
    if (t.shape.length !== 1) {
      return {
        problem: {
          code: 'shapes-differ',
          port: 't',
          data: { expected: 'B', received: formatShape(t.shape) },
        },
      };
    }
    return { outputs: { y: float32([t.shape[0] ?? 'B', params.size]) } };
  },
  flops: ({ params }) => 2 * params.size,
  forward({ ctx: { ops }, inputs: { t }, params }) {
    if (!t) throw new Error('timestep-embedding: input missing');
    const angles = positionAngles(ops, ops.mul(t, ops.scalar(1000)), params.size / 2);
    return { y: ops.concat([ops.sin(angles), ops.cos(angles)], 1) };
  },
  summary: ({ size }) => [`${size} numbers`],
  lesson: {
    summary:
      'One number says too little to a network that must behave differently at each noise level. Waves of many lengths make nearby times similar and distant ones different. Usually two dense layers follow, and the result is added to every feature map.',
    references: [
      {
        title: 'Ho, Jain and Abbeel 2020: Denoising diffusion probabilistic models',
        url: 'https://arxiv.org/abs/2006.11239',
      },
    ],
  },
  sources: {
    pytorch: ({ params: { size } }) => ({
      call: `(lambda a: torch.cat([a.sin(), a.cos()], 1))(1000 * {t}[:, None] * 10000 ** (-torch.arange(${size / 2}, device={t}.device) / ${size / 2}))`,
    }),
  },
  examples: [
    {
      name: 'eight numbers',
      inputs: { t: { type: 'tensor', dtype: 'float32', shape: [3] } },
      ranges: { t: [0, 0.004] },
      params: { size: 8 },
      outputs: { y: [3, 8] },
      parameterCount: 0,
    },
    {
      name: 'one wave',
      inputs: { t: float32([2]) },
      ranges: { t: [0, 0.004] },
      params: { size: 2 },
      outputs: { y: [2, 2] },
    },
  ],
});
