import { betaParam, defineUpdateRule, epsilonParam, hyperTexts } from '../optimizer.ts';

/**
 * Adam with the largest gradient in place of the root of the mean square (Kingma and Ba 2015,
 * section 7.1) by torch.optim.Adamax's formula.
 */
export const adamax = defineUpdateRule({
  kind: 'adamax',
  icon: 'rocket',
  title: 'Adamax',
  description: 'Adam that divides by the largest recent gradient.',
  aliases: ['adam', 'infinity norm', 'adaptive'],
  defaults: { learningRate: 0.002 },
  params: { beta1: betaParam(0.9), beta2: betaParam(0.999), epsilon: epsilonParam(1e-8) },
  texts: {
    beta1: hyperTexts.beta1,
    beta2: { label: 'β₂', help: 'How slowly the largest gradient is forgotten.' },
    epsilon: { label: 'Epsilon', help: 'Added to each gradient’s size, against division by zero.' },
  },
  slots: () => ['m', 'u'],
  update: (update, { beta1, beta2, epsilon, weightDecay }) =>
    update.adamax({ beta1, beta2, epsilon, weightDecay }),
  summary: ({ beta1, beta2 }) => `β ${beta1} / ${beta2}`,
  examples: [
    { name: 'defaults', params: {} },
    { name: 'with weight decay', params: { learningRate: 0.01, weightDecay: 1e-4 } },
  ],
  lesson: {
    summary:
      'Divides by the largest gradient of the recent past instead of the root of a mean square, so that no step is longer than the learning rate. Made for gradients that come seldom and large, as of embeddings.',
    formula: 'u ← max(β₂·u, |g| + ε),  w ← w − lr / (1 − β₁ᵗ) · m / u',
    references: [
      {
        title: 'Kingma and Ba 2015, Adam: a method for stochastic optimization',
        url: 'https://arxiv.org/abs/1412.6980',
      },
    ],
  },
});
