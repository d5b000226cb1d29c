import { z } from 'zod';
import { defineUpdateRule, hyperTexts, momentumParam } from '../optimizer.ts';

/**
 * Stochastic gradient descent with momentum (Polyak 1964), optionally Nesterov's (Sutskever et al.
 * 2013), by torch.optim.SGD's formula: `v ← momentum·v + g`, `w ← w − lr·v`; weight decay adds
 * `weightDecay·w` to the gradient.
 */
export const sgd = defineUpdateRule({
  kind: 'sgd',
  icon: 'mountain',
  title: 'SGD',
  description: 'Steps down the gradient, with momentum.',
  aliases: ['gradient descent', 'momentum', 'nesterov'],
  defaults: { learningRate: 0.01 },
  params: { momentum: momentumParam(0.9), nesterov: z.boolean().default(false) },
  texts: {
    momentum: hyperTexts.momentum,
    nesterov: { label: 'Nesterov', help: 'Looks ahead along the momentum.' },
  },
  warnings({ nesterov, momentum }, nodeId) {
    if (!nesterov || momentum > 0) return [];
    return [
      {
        code: 'nesterov-without-momentum',
        param: 'nesterov',
        data: {},
        severity: 'warning',
        fix: { kind: 'set-param', nodeId, param: 'momentum', value: 0.9 },
      },
    ];
  },
  slots: ({ momentum }) => (momentum > 0 ? ['momentum'] : []),
  update: (update, { momentum, nesterov, weightDecay }) =>
    update.momentum({ momentum, nesterov: nesterov && momentum > 0, weightDecay }),
  summary: ({ momentum, nesterov }) => `momentum ${momentum}${nesterov ? ' · Nesterov' : ''}`,
  examples: [
    { name: 'momentum', params: {} },
    { name: 'plain', params: { learningRate: 0.1, momentum: 0 } },
    {
      name: 'Nesterov with weight decay',
      params: { learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 5e-4 },
    },
  ],
  lesson: {
    summary:
      'Steps against the gradient of a batch. Momentum adds up past steps, so that it runs faster along a valley and swings less across it; Nesterov’s form looks at the gradient a step ahead. With a well-chosen learning rate and a schedule it often ends better than adaptive methods, on images most of all.',
    formula: 'v ← μ·v + g,  w ← w − lr·v',
    references: [
      { title: 'Polyak 1964, Some methods of speeding up the convergence of iteration methods' },
      {
        title: 'Sutskever et al. 2013, On the importance of initialization and momentum',
        url: 'https://proceedings.mlr.press/v28/sutskever13.html',
      },
    ],
  },
});
