import { z } from 'zod';
import { betaParam, defineUpdateRule, epsilonParam, hyperTexts, momentumParam } from '../optimizer.ts';

/**
 * RMSprop (Hinton 2012) by torch.optim.RMSprop's formula, epsilon outside the root; `centered`
 * divides by the deviation in place of the mean square (Graves 2013).
 */
export const rmsprop = defineUpdateRule({
  kind: 'rmsprop',
  icon: 'activity',
  title: 'RMSprop',
  description: 'Divides each gradient by its recent size.',
  aliases: ['adaptive', 'root mean square', 'hinton'],
  defaults: { learningRate: 0.01 },
  params: {
    alpha: betaParam(0.99),
    epsilon: epsilonParam(1e-8),
    momentum: momentumParam(0),
    centered: z.boolean().default(false),
  },
  texts: {
    alpha: { label: 'α', help: 'Memory of the squared gradient.' },
    epsilon: hyperTexts.epsilon,
    momentum: hyperTexts.momentum,
    centered: { label: 'Centred', help: 'Takes the square of the mean gradient off the mean square.' },
  },
  slots: ({ centered, momentum }) => [
    'v',
    ...(centered ? ['mean'] : []),
    ...(momentum > 0 ? ['momentum'] : []),
  ],
  update: (update, { alpha, epsilon, momentum, centered, weightDecay }) =>
    update.rmsprop({ alpha, epsilon, momentum, centered, weightDecay }),
  summary: ({ alpha, momentum }) => (momentum > 0 ? `α ${alpha} · momentum ${momentum}` : `α ${alpha}`),
  examples: [
    { name: 'defaults', params: {} },
    {
      name: 'centred, with momentum and weight decay',
      params: { learningRate: 1e-3, momentum: 0.9, centered: true, weightDecay: 1e-4 },
    },
    { name: 'with momentum', params: { momentum: 0.5 } },
  ],
  lesson: {
    summary:
      'Divides each gradient by the root of its recent mean square, so that one learning rate suits all weights. Its steps are as long late in training as early, and those of the first steps are longer than the learning rate. Often taken for recurrent networks and for reinforcement learning.',
    formula: 'v ← α·v + (1 − α)·g²,  w ← w − lr·g / (√v + ε)',
    references: [
      { title: 'Hinton 2012, Neural networks for machine learning, lecture 6' },
      {
        title: 'Graves 2013, Generating sequences with recurrent neural networks',
        url: 'https://arxiv.org/abs/1308.0850',
      },
    ],
  },
});
