import { betaParam, defineUpdateRule, epsilonParam, hyperTexts } from '../optimizer.ts';

/**
 * Adam (Kingma and Ba 2015) by torch.optim.Adam's formula: bias-corrected moments, epsilon outside
 * the root; weight decay adds `weightDecay·w` to the gradient.
 */
export const adam = defineUpdateRule({
  kind: 'adam',
  icon: 'rocket',
  title: 'Adam',
  description: 'Fits the step of each weight to its own gradients.',
  aliases: ['adaptive', 'moments'],
  params: { beta1: betaParam(0.9), beta2: betaParam(0.999), epsilon: epsilonParam(1e-8) },
  texts: { beta1: hyperTexts.beta1, beta2: hyperTexts.beta2, epsilon: hyperTexts.epsilon },
  slots: () => ['m', 'v'],
  update: (update, { beta1, beta2, epsilon, weightDecay }) =>
    update.adam({ beta1, beta2, epsilon, weightDecay }),
  summary: ({ beta1, beta2 }) => `β ${beta1} / ${beta2}`,
  examples: [
    { name: 'defaults', params: {} },
    { name: 'with weight decay', params: { learningRate: 3e-4, weightDecay: 1e-4 } },
  ],
  lesson: {
    summary:
      'Keeps a running mean of each gradient and of its square, and divides one by the root of the other: weights with small or rare gradients move as far as those with large ones. It works with its defaults on almost anything, which makes it the first to try. Where weight decay matters, take AdamW.',
    formula: 'w ← w − lr·m̂ / (√v̂ + ε)',
    references: [
      {
        title: 'Kingma and Ba 2015, Adam: a method for stochastic optimization',
        url: 'https://arxiv.org/abs/1412.6980',
      },
    ],
  },
});
