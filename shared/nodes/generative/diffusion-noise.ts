import { z } from 'zod';
import { float32, sampleSize } from '../../types/shape.ts';
import { needsBatch } from '../axes.ts';
import { defineLayer } from '../defineNode.ts';

/**
 * The forward process of diffusion at a random time t of each sample: x → noisy = √ᾱ(t)·x +
 * √(1 − ᾱ(t))·noise, with ᾱ(t) = cos²(t·π/2) (Nichol and Dhariwal 2021, without their small offset).
 * Gives what a network must find out (noise) and what it is told (t, uniform in [0, 1)).
 */
export const diffusionNoise = defineLayer({
  kind: 'diffusion-noise',
  category: 'generative',
  icon: 'waves',
  text: {
    title: 'Diffusion noise',
    description: 'Mixes each sample with noise, by an amount drawn for each.',
    params: {
      schedule: {
        label: 'Schedule',
        help: 'How the signal fades with time.',
        options: { cosine: 'Cosine', linear: 'Linear' },
      },
    },
    ports: { x: 'sample', noisy: 'noisy sample', noise: 'noise', t: 'time' },
    aliases: ['ddpm', 'diffusion', 'denoising', 'noise schedule'],
  },
  params: z.object({ schedule: z.enum(['cosine', 'linear']).default('cosine') }),
  ports: {
    inputs: [{ id: 'x', type: 'tensor', dtypes: ['float32'] }],
    outputs: [
      { id: 'noisy', type: 'tensor' },
      { id: 'noise', type: 'tensor' },
      { id: 't', type: 'tensor' },
    ],
  },
  infer({ inputs: { x } }) {
    if (!x) return { outputs: {} };
    const problem = needsBatch(x, 'x');
    if (problem) return { problem };
    const same = float32(x.shape);
    return { outputs: { noisy: same, noise: same, t: float32([x.shape[0] ?? 'B']) } };
  },
  flops: ({ inputs: { x } }) => 3 * ((x && sampleSize(x.shape)) ?? 0),
  forward({ ctx: { ops, random }, inputs: { x }, params }) {
    if (!x) throw new Error('diffusion-noise: input missing');
    const batch = x.shape[0] ?? 1;
    const t = random.uniform([batch]);
    const noise = random.normal(x.shape);
    const wide = [batch, ...x.shape.slice(1).map(() => 1)];
    const angle = ops.mul(ops.reshape(t, wide), ops.scalar(Math.PI / 2));
    // Linear: ᾱ = e^(−10·t²/2 − 0.05·t), DDPM's betas from 1e-4 to 0.02 in continuous time.
    const linear = ops.exp(
      ops.neg(
        ops.add(
          ops.mul(ops.square(ops.reshape(t, wide)), ops.scalar(4.975)),
          ops.mul(ops.reshape(t, wide), ops.scalar(0.05)),
        ),
      ),
    );
    const signal = params.schedule === 'cosine' ? ops.cos(angle) : linear;
    const strength =
      params.schedule === 'cosine'
        ? ops.sin(angle)
        : ops.sqrt(ops.sub(ops.scalar(1 + 1e-7), ops.square(linear)));
    return { noisy: ops.add(ops.mul(x, signal), ops.mul(noise, strength)), noise, t };
  },
  summary: ({ schedule }) => [`${schedule} schedule`],
  lesson: {
    summary:
      'Diffusion learns to undo noise. In training each image is mixed with a random amount of it, and the network guesses the noise; to make a new image one starts with noise alone and takes a little of the guess away again and again.',
    formula: 'xₜ = √ᾱₜ·x + √(1 − ᾱₜ)·ε',
    references: [
      {
        title: 'Ho, Jain and Abbeel 2020: Denoising diffusion probabilistic models',
        url: 'https://arxiv.org/abs/2006.11239',
      },
      { title: 'Nichol and Dhariwal 2021: Improved DDPM', url: 'https://arxiv.org/abs/2102.09672' },
    ],
  },
  sources: {
    pytorch({ inputs: { x }, params: { schedule } }) {
      const wide = `t.reshape(-1${', 1'.repeat((x?.shape.length ?? 1) - 1)})`;
      const mix =
        schedule === 'cosine'
          ? `(lambda a: {x} * a.cos() + n * a.sin())(${wide} * ${Math.PI / 2})`
          : `(lambda a: {x} * a + n * (1 - a ** 2).clamp(min=0).sqrt())((-4.975 * ${wide} ** 2 - 0.05 * ${wide}).exp())`;
      return {
        call: `(lambda n, t: (${mix}, n, t))(torch.randn_like({x}), torch.rand(len({x}), device={x}.device))`,
      };
    },
  },
  examples: [
    {
      name: 'images',
      inputs: { x: float32([2, 2, 2, 1]) },
      params: {},
      outputs: { noisy: [2, 2, 2, 1], noise: [2, 2, 2, 1], t: [2] },
      parameterCount: 0,
    },
    {
      name: 'features, linear',
      inputs: { x: float32([3, 2]) },
      params: { schedule: 'linear' },
      outputs: { noisy: [3, 2], noise: [3, 2], t: [3] },
    },
  ],
});
