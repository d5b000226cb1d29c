import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { needsBatch } from '../axes.ts';
import { defineLayer } from '../defineNode.ts';

/**
 * Random numbers anew in each step, `[B, size]`: standard normal, or uniform in [−1, 1). `like` says
 * how many samples there are; its values are not looked at.
 */
export const noise = defineLayer({
  kind: 'noise',
  category: 'generative',
  icon: 'dices',
  text: {
    title: 'Noise',
    description: 'Random numbers to make something from.',
    params: {
      size: { label: 'Size', help: 'Numbers for each sample.' },
      form: { label: 'Distribution', options: { normal: 'Normal', uniform: 'Uniform' } },
    },
    ports: { like: 'one for each sample', y: 'noise' },
    aliases: ['latent', 'random', 'gan', 'generator', 'z', 'noise source'],
  },
  params: z.object({
    size: z.int().min(1).max(65_536).default(64),
    form: z.enum(['normal', 'uniform']).default('normal'),
  }),
  ports: { inputs: [{ id: 'like', type: 'tensor' }], outputs: [{ id: 'y', type: 'tensor' }] },
  infer({ inputs: { like }, params }) {
    if (!like) return { outputs: {} };
    const problem = needsBatch(like, 'like');
    return problem ? { problem } : { outputs: { y: float32([like.shape[0] ?? 'B', params.size]) } };
  },
  forward({ ctx: { ops, random }, inputs: { like }, params }) {
    if (!like) throw new Error('noise: input missing');
    const shape = [like.shape[0] ?? 1, params.size];
    if (params.form === 'normal') return { y: random.normal(shape) };
    return { y: ops.sub(ops.mul(random.uniform(shape), ops.scalar(2)), ops.scalar(1)) };
  },
  summary: ({ size, form }) => [`${size} numbers`, form],
  lesson: {
    summary:
      'A generator turns noise into samples: each point of the noise becomes another image. Draws depend on the seed and the step alone, so a run can be repeated.',
    references: [
      {
        title: 'Goodfellow et al. 2014: Generative adversarial networks',
        url: 'https://arxiv.org/abs/1406.2661',
      },
    ],
  },
  sources: {
    pytorch: ({ params: { size, form } }) => ({
      call: `${form === 'normal' ? 'torch.randn' : '2 * torch.rand'}(len({like}), ${size}, device={like}.device)${form === 'normal' ? '' : ' - 1'}`,
    }),
  },
  examples: [
    {
      name: 'normal',
      inputs: { like: float32([3, 2]) },
      params: { size: 4 },
      outputs: { y: [3, 4] },
      parameterCount: 0,
    },
    {
      name: 'uniform',
      inputs: { like: float32([2, 2]) },
      params: { size: 3, form: 'uniform' },
      outputs: { y: [2, 3] },
    },
  ],
});
