import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, sameShape, sampleSize } from '../../types/shape.ts';
import { needsBatch } from '../axes.ts';
import { defineLayer } from '../defineNode.ts';

/**
 * For each sample a point on the line between a and b (one shape): u·a + (1 − u)·b with one uniform
 * u for a sample. Gulrajani et al. 2017 measure the gradient penalty there; mixup (Zhang et al. 2018).
 */
export const randomMix = defineLayer({
  kind: 'random-mix',
  category: 'generative',
  icon: 'blend',
  text: {
    title: 'Random mix',
    description: 'A random point between each pair of samples.',
    params: {},
    ports: { a: 'first', b: 'second', y: 'mix' },
    aliases: ['interpolate', 'mixup', 'wgan-gp', 'gradient penalty'],
  },
  params: z.object({}),
  ports: {
    inputs: [
      { id: 'a', type: 'tensor', dtypes: ['float32'] },
      { id: 'b', type: 'tensor', dtypes: ['float32'] },
    ],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { a, b } }) {
    if (!a || !b) return { outputs: {} };
    const problem = needsBatch(a, 'a');
    if (problem) return { problem };
    if (sameShape(a.shape, b.shape)) return { outputs: { y: float32(a.shape) } };
    return {
      problem: {
        code: 'shapes-differ',
        port: 'b',
        data: { expected: formatShape(a.shape), received: formatShape(b.shape) },
      },
      outputs: { y: float32(a.shape) },
    };
  },
  flops: ({ inputs: { a } }) => 3 * ((a && sampleSize(a.shape)) ?? 0),
  forward({ ctx: { ops, random }, inputs: { a, b } }) {
    if (!a || !b) throw new Error('random-mix: input missing');
    const share = random.uniform([a.shape[0] ?? 1, ...a.shape.slice(1).map(() => 1)]);
    return { y: ops.add(b, ops.mul(ops.sub(a, b), share)) };
  },
  summary: () => ['uniform'],
  lesson: {
    summary:
      'A critic can only be held to a slope where it is measured. Points between real and generated samples are where it matters: that is where the generator has to go.',
    formula: 'y = u·a + (1 − u)·b,  u ~ U(0, 1)',
    references: [
      {
        title: 'Gulrajani et al. 2017: Improved training of Wasserstein GANs',
        url: 'https://arxiv.org/abs/1704.00028',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { a } }) => ({
      call: `torch.lerp({b}, {a}, torch.rand(len({a})${', 1'.repeat((a?.shape.length ?? 1) - 1)}, device={a}.device))`,
    }),
  },
  examples: [
    {
      name: 'images',
      inputs: { a: float32([3, 2, 2, 1]), b: float32([3, 2, 2, 1]) },
      params: {},
      outputs: { y: [3, 2, 2, 1] },
      parameterCount: 0,
    },
    {
      name: 'features',
      inputs: { a: float32([2, 3]), b: float32([2, 3]) },
      params: {},
      outputs: { y: [2, 3] },
    },
  ],
});
