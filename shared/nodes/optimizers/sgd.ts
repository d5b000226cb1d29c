import { z } from 'zod';
import { defineOptimizer } from '../defineNode.ts';

/**
 * Stochastic gradient descent with momentum (Polyak 1964), optionally Nesterov's (Sutskever et al.
 * 2013), by torch.optim.SGD's formula: `v ← momentum·v + g`, `w ← w − lr·v`; weight decay adds
 * `weightDecay·w` to the gradient.
 */
export const sgd = defineOptimizer({
  kind: 'sgd',
  category: 'optimizer',
  icon: 'mountain',
  text: {
    title: 'SGD',
    description: 'Steps down the gradient, with momentum.',
    params: {
      learningRate: { label: 'Learning rate' },
      momentum: { label: 'Momentum', help: 'How much of the last step is kept.' },
      nesterov: { label: 'Nesterov', help: 'Looks ahead along the momentum.' },
      weightDecay: { label: 'Weight decay', help: 'Pulls weights towards zero.' },
    },
    ports: { loss: 'loss' },
    aliases: ['gradient descent', 'momentum', 'nesterov', 'optimiser', 'optimizer'],
  },
  params: z.object({
    learningRate: z.number().min(1e-10).max(100).default(0.01).meta({ scale: 'log' }),
    momentum: z.number().min(0).max(0.9999).default(0.9).meta({ step: 0.05 }),
    nesterov: z.boolean().default(false),
    weightDecay: z.number().min(0).max(1).default(0).meta({ scale: 'log' }),
  }),
  ports: { inputs: [{ id: 'loss', type: 'loss' }], outputs: [] },
  infer({ params, nodeId }) {
    if (!params.nesterov || params.momentum > 0) return { outputs: {} };
    return {
      outputs: {},
      warnings: [
        {
          code: 'nesterov-without-momentum',
          param: 'nesterov',
          data: {},
          severity: 'warning',
          fix: { kind: 'set-param', nodeId, param: 'momentum', value: 0.9 },
        },
      ],
    };
  },
  learningRate: (params) => params.learningRate,
  slots: (params) => (params.momentum > 0 ? ['momentum'] : []),
  update: (update, { momentum, nesterov, weightDecay }) =>
    update.momentum({ momentum, nesterov: nesterov && momentum > 0, weightDecay }),
  summary: (params) => [
    `lr ${params.learningRate}`,
    `momentum ${params.momentum}${params.nesterov ? ' · Nesterov' : ''}`,
  ],
  examples: [
    { name: 'momentum', inputs: {}, params: {}, outputs: {}, parameterCount: 0 },
    { name: 'plain', inputs: {}, params: { learningRate: 0.1, momentum: 0 }, outputs: {} },
    {
      name: 'Nesterov with weight decay',
      inputs: {},
      params: { learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 5e-4 },
      outputs: {},
    },
  ],
});
