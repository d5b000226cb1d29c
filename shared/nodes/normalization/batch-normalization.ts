import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, sampleSize } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';

/**
 * Normalises each channel (last axis) and then scales and shifts it: `[B, …, C]` → the same shape.
 * Training uses the batch's mean and biased variance, evaluation the running averages.
 * Ioffe and Szegedy 2015. Momentum is Keras's: `running ← momentum·running + (1 − momentum)·batch`,
 * so 0.9 here is PyTorch's 0.1. The running variance is the biased one, as in Keras.
 */
export const batchNormalization = defineLayer({
  kind: 'batch-normalization',
  category: 'normalization',
  icon: 'align-center-horizontal',
  text: {
    title: 'BatchNorm',
    description: 'Centres and scales each channel over the batch.',
    params: {
      momentum: {
        label: 'Momentum',
        help: 'How much of the running averages is kept at each step; 0.9 is what PyTorch calls 0.1.',
      },
      epsilon: { label: 'Epsilon', help: 'Added to the variance, against division by zero.' },
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['batch norm', 'normalisation', 'bn', 'faster training'],
  },
  params: z.object({
    momentum: z.number().min(0).max(0.9999).default(0.9).meta({ step: 0.01 }),
    epsilon: z.number().min(1e-8).max(0.1).default(1e-5).meta({ scale: 'log' }),
  }),
  ports: {
    inputs: [{ id: 'x', type: 'tensor', dtypes: ['float32'] }],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { x } }) {
    if (!x) return { outputs: {} };
    if (x.shape.length < 2 || typeof x.shape.at(-1) !== 'number') {
      return {
        problem: {
          code: 'needs-channels',
          port: 'x',
          data: { expected: 'B×…×C', received: formatShape(x.shape) },
        },
      };
    }
    return { outputs: { y: float32(x.shape) } };
  },
  weights({ inputs: { x } }) {
    const channels = x?.shape.at(-1);
    if (typeof channels !== 'number') return {};
    const shape = [channels];
    return {
      scale: { shape, init: { kind: 'ones' }, trainable: true },
      offset: { shape, init: { kind: 'zeros' }, trainable: true },
      movingMean: { shape, init: { kind: 'zeros' }, trainable: false },
      movingVariance: { shape, init: { kind: 'ones' }, trainable: false },
    };
  },
  flops: ({ inputs: { x } }) => 4 * ((x && sampleSize(x.shape)) ?? 0),
  forward({ ctx, inputs: { x }, weights, params }) {
    const { scale, offset, movingMean, movingVariance } = weights;
    if (!x || !scale || !offset || !movingMean || !movingVariance) {
      throw new Error('batch-normalization: input or weights missing');
    }
    const { ops } = ctx;
    if (!ctx.training) {
      const moments = { mean: movingMean, variance: movingVariance };
      return { y: ops.batchNormInference(x, moments, scale, offset, params.epsilon) };
    }
    const { y, mean, variance } = ops.batchNormTraining(x, scale, offset, params.epsilon);
    const kept = ops.scalar(params.momentum);
    const fresh = ops.scalar(1 - params.momentum);
    ctx.update('movingMean', ops.add(ops.mul(movingMean, kept), ops.mul(mean, fresh)));
    ctx.update('movingVariance', ops.add(ops.mul(movingVariance, kept), ops.mul(variance, fresh)));
    return { y };
  },
  summary: (params) => [`momentum ${params.momentum}`],
  lesson: {
    summary:
      'Brings each channel to mean 0 and variance 1 over the batch, and then lets it choose its own scale and offset. Layers after it see steady numbers, so training is faster and bears higher learning rates. In use, running averages take the batch’s place; very small batches make it noisy.',
    formula: 'y = γ·(x − μ_batch) / √(σ²_batch + ε) + β',
    references: [
      { title: 'Ioffe and Szegedy 2015: Batch normalization', url: 'https://arxiv.org/abs/1502.03167' },
    ],
  },
  sources: {
    pytorch: ({ inputs: { x }, params }) => ({
      module: `nn.BatchNorm${Math.min(3, Math.max(1, (x?.shape.length ?? 2) - 2))}d(${x?.shape.at(-1)}, eps=${params.epsilon}, momentum=${Number((1 - params.momentum).toPrecision(12))})`,
      call: '{self}({x}.movedim(-1, 1)).movedim(1, -1)',
      weights: {
        scale: { name: 'weight' },
        offset: { name: 'bias' },
        movingMean: { name: 'running_mean' },
        movingVariance: { name: 'running_var' },
      },
    }),
    keras: ({ params }) => ({
      module: `keras.layers.BatchNormalization(momentum=${params.momentum}, epsilon=${params.epsilon})`,
      call: '{self}({x})',
      weights: {
        scale: { name: 'gamma' },
        offset: { name: 'beta' },
        movingMean: { name: 'moving_mean' },
        movingVariance: { name: 'moving_variance' },
      },
    }),
  },
  examples: [
    {
      name: 'image',
      inputs: { x: float32([3, 4, 4, 5]) },
      params: {},
      outputs: { y: [3, 4, 4, 5] },
      parameterCount: 10,
    },
    {
      name: 'features',
      inputs: { x: float32([6, 4]) },
      params: { momentum: 0.99, epsilon: 1e-3 },
      outputs: { y: [6, 4] },
      parameterCount: 8,
    },
    {
      name: 'series',
      inputs: { x: float32([3, 5, 2]) },
      params: {},
      outputs: { y: [3, 5, 2] },
      parameterCount: 4,
    },
  ],
});
