import { z } from 'zod';
import { float32, sampleSize } from '../../types/shape.ts';
import { defineLoss } from '../defineNode.ts';

/**
 * Mean over the batch of weight·(‖∂score/∂x‖ − target)², the norm over all numbers of a sample: the
 * score must be computed from x. Gulrajani et al. 2017 (target 1); with target 0 the R1 penalty of
 * Mescheder et al. 2018.
 */
export const gradientPenalty = defineLoss({
  kind: 'gradient-penalty',
  category: 'generative',
  icon: 'trending-down',
  text: {
    title: 'Gradient penalty',
    description: 'Holds the slope of a critic to a wanted steepness.',
    params: {
      weight: { label: 'Weight' },
      target: { label: 'Slope', help: '1 for a Wasserstein critic, 0 for an R1 penalty.' },
    },
    ports: { score: 'score', x: 'what was scored', loss: 'loss' },
    aliases: ['wgan-gp', 'lipschitz', 'critic', 'r1', 'wasserstein'],
  },
  params: z.object({
    weight: z.number().min(0).max(10_000).default(10),
    target: z.number().min(0).max(100).default(1),
  }),
  ports: {
    inputs: [
      { id: 'score', type: 'tensor', dtypes: ['float32'] },
      { id: 'x', type: 'tensor', dtypes: ['float32'] },
    ],
    outputs: [{ id: 'loss', type: 'loss' }],
  },
  differentiatesTwice: true,
  infer: ({ inputs: { score, x } }) => ({ outputs: score && x ? { loss: { type: 'loss' } } : {} }),
  flops: ({ inputs: { x } }) => 3 * ((x && sampleSize(x.shape)) ?? 0),
  forward({ ctx: { ops }, inputs: { score, x }, params }) {
    if (!score || !x) throw new Error('gradient-penalty: input missing');
    const slope = ops.reshape(ops.gradient(score, x), [x.shape[0] ?? 1, -1]);
    // The root's own slope is infinite at zero.
    const norm = ops.sqrt(ops.add(ops.sum(ops.square(slope), [1]), ops.scalar(1e-12)));
    const distance = ops.square(ops.sub(norm, ops.scalar(params.target)));
    return { loss: ops.mul(ops.mean(distance), ops.scalar(params.weight)) };
  },
  summary: ({ weight, target }) => [`weight ${weight} · slope ${target}`],
  lesson: {
    summary:
      'A Wasserstein critic must not be steeper than 1 anywhere, else its difference between real and generated means nothing. Clipping weights does that badly; this term looks at the slope itself, at random points between real and generated samples. It needs the gradient of a gradient, so a step takes about twice as long.',
    formula: 'λ·(‖∇ₓ D(x)‖ − 1)²',
    references: [
      {
        title: 'Gulrajani et al. 2017: Improved training of Wasserstein GANs',
        url: 'https://arxiv.org/abs/1704.00028',
      },
      {
        title: 'Mescheder, Geiger and Nowozin 2018: Which training methods for GANs do actually converge?',
        url: 'https://arxiv.org/abs/1801.04406',
      },
    ],
  },
  sources: {
    pytorch: ({ params: { weight, target } }) => ({
      call: `${weight} * (((torch.autograd.grad({score}.sum(), {x}, create_graph=True)[0].flatten(1) ** 2).sum(1) + 1e-12).sqrt() - ${target}).square().mean()`,
    }),
  },
  examples: [
    {
      name: 'critic',
      inputs: { score: float32([3, 1]), x: float32([3, 4]) },
      params: {},
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'R1',
      inputs: { score: float32([2, 1]), x: float32([2, 3]) },
      params: { weight: 1, target: 0 },
      outputs: { loss: [] },
    },
  ],
});
