import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, sameShape, sampleSize } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';

/**
 * A draw from a normal distribution that gradients pass through (Kingma and Welling 2014): mean and
 * logVariance of one shape → mean + e^(logVariance/2)·ε. In evaluation the mean itself, or a draw as well.
 */
export const gaussianSample = defineLayer({
  kind: 'gaussian-sample',
  category: 'generative',
  icon: 'dices',
  text: {
    title: 'Sample',
    description: 'Draws from a normal distribution that the network describes.',
    params: {
      evaluation: {
        label: 'In evaluation',
        help: 'The mean gives the sharpest answer; a draw is what the evidence bound is about.',
        options: { mean: 'The mean', sample: 'A draw' },
      },
    },
    ports: { mean: 'mean', logVariance: 'log variance', y: 'sample' },
    aliases: [
      'reparameterisation',
      'reparameterization',
      'reparameterised sampling',
      'vae',
      'variational',
      'latent',
    ],
  },
  params: z.object({ evaluation: z.enum(['mean', 'sample']).default('mean') }),
  ports: {
    inputs: [
      { id: 'mean', type: 'tensor', dtypes: ['float32'] },
      { id: 'logVariance', type: 'tensor', dtypes: ['float32'] },
    ],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { mean, logVariance } }) {
    if (!mean || !logVariance) return { outputs: {} };
    if (!sameShape(mean.shape, logVariance.shape)) {
      return {
        problem: {
          code: 'shapes-differ',
          port: 'logVariance',
          data: { expected: formatShape(mean.shape), received: formatShape(logVariance.shape) },
        },
        outputs: { y: float32(mean.shape) },
      };
    }
    return { outputs: { y: float32(mean.shape) } };
  },
  flops: ({ inputs: { mean } }) => 4 * ((mean && sampleSize(mean.shape)) ?? 0),
  forward({ ctx, inputs: { mean, logVariance }, params }) {
    if (!mean || !logVariance) throw new Error('gaussian-sample: input missing');
    if (!ctx.training && params.evaluation === 'mean') return { y: mean };
    const { ops } = ctx;
    const deviation = ops.exp(ops.mul(logVariance, ops.scalar(0.5)));
    return { y: ops.add(mean, ops.mul(deviation, ctx.random.normal(mean.shape))) };
  },
  summary: ({ evaluation }) => [`${evaluation} in evaluation`],
  lesson: {
    summary:
      'A draw has no gradient. Written as mean + deviation·noise, with the noise from outside, it has: both numbers can be learned. This is the middle of a variational auto-encoder; the KL term beside it keeps the distributions near a standard normal, so that one can draw from that later.',
    formula: 'z = μ + e^(½·log σ²)·ε,  ε ~ N(0, 1)',
    references: [
      {
        title: 'Kingma and Welling 2014: Auto-encoding variational Bayes',
        url: 'https://arxiv.org/abs/1312.6114',
      },
    ],
  },
  sources: {
    pytorch({ params }) {
      const draw = '{mean} + ({logVariance} / 2).exp() * torch.randn_like({mean})';
      if (params.evaluation === 'sample') return { call: draw };
      return { module: 'nn.Identity()', call: `(${draw} if {self}.training else {mean})` };
    },
  },
  examples: [
    {
      name: 'latent',
      inputs: { mean: float32([3, 4]), logVariance: float32([3, 4]) },
      params: {},
      outputs: { y: [3, 4] },
      parameterCount: 0,
    },
    {
      name: 'latent image',
      inputs: { mean: float32([2, 2, 2, 3]), logVariance: float32([2, 2, 2, 3]) },
      params: {},
      outputs: { y: [2, 2, 2, 3] },
    },
  ],
});
