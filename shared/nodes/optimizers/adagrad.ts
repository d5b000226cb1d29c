import { z } from 'zod';
import { defineUpdateRule, epsilonParam, hyperTexts } from '../optimizer.ts';

/** Adagrad (Duchi, Hazan and Singer 2011) by torch.optim.Adagrad's formula. */
export const adagrad = defineUpdateRule({
  kind: 'adagrad',
  icon: 'mountain',
  title: 'Adagrad',
  description: 'Slows down each weight by all the gradients it has had.',
  aliases: ['adaptive', 'sparse'],
  defaults: { learningRate: 0.01 },
  params: {
    rateDecay: z.number().min(0).max(1).default(0).meta({ scale: 'log' }),
    epsilon: epsilonParam(1e-10),
  },
  texts: {
    rateDecay: { label: 'Rate decay', help: 'At step t the rate is divided by 1 + (t − 1) times this.' },
    epsilon: hyperTexts.epsilon,
  },
  slots: () => ['sum'],
  update: (update, { rateDecay, epsilon, weightDecay }) =>
    update.adagrad({ rateDecay, epsilon, weightDecay }),
  summary: ({ rateDecay }) => (rateDecay > 0 ? `rate decay ${rateDecay}` : 'sum of squares'),
  examples: [
    { name: 'defaults', params: {} },
    { name: 'with rate and weight decay', params: { rateDecay: 0.01, weightDecay: 1e-3 } },
  ],
  lesson: {
    summary:
      'Adds up the squares of all gradients of a weight and divides by the root: what is seldom seen takes large steps, what is often seen ever smaller ones. Good for sparse inputs such as words; in long trainings it comes to a standstill.',
    formula: 's ← s + g²,  w ← w − lr·g / (√s + ε)',
    references: [
      {
        title: 'Duchi, Hazan and Singer 2011, Adaptive subgradient methods',
        url: 'https://jmlr.org/papers/v12/duchi11a.html',
      },
    ],
  },
});
