import { betaParam, defineUpdateRule, epsilonParam, hyperTexts } from '../optimizer.ts';

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019) by torch.optim.AdamW's formula:
 * the weights shrink by `lr·weightDecay·w`, untouched by the division by the root of v.
 */
export const adamw = defineUpdateRule({
  kind: 'adamw',
  icon: 'rocket',
  title: 'AdamW',
  description: 'Adam whose weight decay is a step of its own.',
  aliases: ['adam', 'decoupled', 'transformer', 'weight decay', 'overfitting'],
  defaults: { weightDecay: 0.01 },
  params: { beta1: betaParam(0.9), beta2: betaParam(0.999), epsilon: epsilonParam(1e-8) },
  texts: { beta1: hyperTexts.beta1, beta2: hyperTexts.beta2, epsilon: hyperTexts.epsilon },
  slots: () => ['m', 'v'],
  update: (update, { beta1, beta2, epsilon, weightDecay }) =>
    update.adam({ beta1, beta2, epsilon, weightDecay, decoupled: true }),
  summary: ({ weightDecay }) => `decay ${weightDecay}`,
  examples: [
    { name: 'defaults', params: {} },
    { name: 'for a transformer', params: { learningRate: 3e-4, beta2: 0.95, weightDecay: 0.1 } },
  ],
  lesson: {
    summary:
      'In Adam, decay that is added to the gradient is divided by the root of v like everything else, so that weights with large gradients hardly decay. AdamW shrinks all weights alike, beside the step. It is the usual choice for transformers.',
    formula: 'w ← w − lr·λ·w − lr·m̂ / (√v̂ + ε)',
    references: [
      {
        title: 'Loshchilov and Hutter 2019, Decoupled weight decay regularization',
        url: 'https://arxiv.org/abs/1711.05101',
      },
    ],
  },
});
