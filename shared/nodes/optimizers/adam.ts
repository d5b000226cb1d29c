import { z } from 'zod';
import { defineOptimizer } from '../defineNode.ts';

/**
 * Adam (Kingma and Ba 2015) by torch.optim.Adam's formula: bias-corrected moments, epsilon outside
 * the root; weight decay adds `weightDecay·w` to the gradient.
 */
export const adam = defineOptimizer({
  kind: 'adam',
  category: 'optimizer',
  icon: 'rocket',
  text: {
    title: 'Adam',
    description: 'Fits the step of each weight to its own gradients.',
    params: {
      learningRate: { label: 'Learning rate' },
      beta1: { label: 'β₁', help: 'Memory of the mean gradient.' },
      beta2: { label: 'β₂', help: 'Memory of the squared gradient.' },
      epsilon: { label: 'Epsilon', help: 'Added to the divisor, against division by zero.' },
      weightDecay: { label: 'Weight decay', help: 'Pulls weights towards zero.' },
    },
    ports: { loss: 'loss' },
    aliases: ['optimiser', 'optimizer', 'adaptive', 'moments'],
  },
  params: z.object({
    learningRate: z.number().min(1e-10).max(100).default(0.001).meta({ scale: 'log' }),
    beta1: z.number().min(0).max(0.99999).default(0.9).meta({ step: 0.01 }),
    beta2: z.number().min(0).max(0.999999).default(0.999).meta({ step: 0.001 }),
    epsilon: z.number().min(1e-12).max(1).default(1e-8).meta({ scale: 'log' }),
    weightDecay: z.number().min(0).max(1).default(0).meta({ scale: 'log' }),
  }),
  ports: { inputs: [{ id: 'loss', type: 'loss' }], outputs: [] },
  infer: () => ({ outputs: {} }),
  learningRate: (params) => params.learningRate,
  slots: () => ['m', 'v'],
  update: (update, { beta1, beta2, epsilon, weightDecay }) =>
    update.adam({ beta1, beta2, epsilon, weightDecay }),
  summary: (params) => [`lr ${params.learningRate}`, `β ${params.beta1} / ${params.beta2}`],
  examples: [
    { name: 'defaults', inputs: {}, params: {}, outputs: {}, parameterCount: 0 },
    {
      name: 'with weight decay',
      inputs: {},
      params: { learningRate: 3e-4, weightDecay: 1e-4 },
      outputs: {},
    },
  ],
});
