import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, sameShape, sampleSize } from '../../types/shape.ts';
import { defineLoss } from '../defineNode.ts';

/**
 * Kullback–Leibler divergence of N(mean, e^logVariance) from N(0, 1), summed over a sample's numbers
 * (nats), mean over the batch, times `weight` (β of Higgins et al. 2017). Kingma and Welling 2014, app. B.
 */
export const gaussianKl = defineLoss({
  kind: 'gaussian-kl',
  category: 'generative',
  icon: 'trending-down',
  text: {
    title: 'KL term',
    description: 'How far the latent distributions are from a standard normal.',
    params: { weight: { label: 'Weight', help: 'β: above 1 disentangles, below 1 reconstructs better.' } },
    ports: { mean: 'mean', logVariance: 'log variance', loss: 'loss' },
    aliases: ['kullback-leibler', 'vae', 'variational', 'beta-vae', 'divergence'],
  },
  params: z.object({ weight: z.number().min(0).max(1000).default(1).meta({ step: 0.1 }) }),
  ports: {
    inputs: [
      { id: 'mean', type: 'tensor', dtypes: ['float32'] },
      { id: 'logVariance', type: 'tensor', dtypes: ['float32'] },
    ],
    outputs: [{ id: 'loss', type: 'loss' }],
  },
  infer({ inputs: { mean, logVariance } }) {
    if (!mean || !logVariance) return { outputs: {} };
    const outputs = { loss: { type: 'loss' as const } };
    if (sameShape(mean.shape, logVariance.shape)) return { outputs };
    return {
      problem: {
        code: 'shapes-differ',
        port: 'logVariance',
        data: { expected: formatShape(mean.shape), received: formatShape(logVariance.shape) },
      },
      outputs,
    };
  },
  flops: ({ inputs: { mean } }) => 5 * ((mean && sampleSize(mean.shape)) ?? 0),
  forward({ ctx: { ops }, inputs: { mean, logVariance }, params }) {
    if (!mean || !logVariance) throw new Error('gaussian-kl: input missing');
    const terms = ops.sub(
      ops.add(ops.square(mean), ops.exp(logVariance)),
      ops.add(logVariance, ops.scalar(1)),
    );
    return { loss: ops.mul(ops.sum(terms), ops.scalar((0.5 * params.weight) / (mean.shape[0] ?? 1))) };
  },
  summary: ({ weight }) => [`weight ${weight}`],
  lesson: {
    summary:
      'Without it an auto-encoder scatters its codes anywhere, and a code drawn at random means nothing. This term pays for every nat by which a code says more than noise would. Reconstruction and KL together are the (negative) evidence lower bound: an upper bound of the nats needed to describe an image.',
    formula: 'KL = ½·Σ (μ² + σ² − log σ² − 1)',
    references: [
      {
        title: 'Kingma and Welling 2014: Auto-encoding variational Bayes',
        url: 'https://arxiv.org/abs/1312.6114',
      },
      { title: 'Higgins et al. 2017: β-VAE', url: 'https://openreview.net/forum?id=Sy2fzU9gl' },
    ],
  },
  sources: {
    pytorch: ({ params }) => ({
      call: `${0.5 * params.weight} * ({mean} ** 2 + {logVariance}.exp() - {logVariance} - 1).sum() / len({mean})`,
    }),
    keras: ({ params }) => ({
      call: `${0.5 * params.weight} * ops.sum({mean} ** 2 + ops.exp({logVariance}) - {logVariance} - 1) / {mean}.shape[0]`,
    }),
  },
  examples: [
    {
      name: 'latent',
      inputs: { mean: float32([3, 4]), logVariance: float32([3, 4]) },
      params: {},
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'weighted',
      inputs: { mean: float32([2, 3]), logVariance: float32([2, 3]) },
      params: { weight: 0.25 },
      outputs: { loss: [] },
    },
  ],
});
