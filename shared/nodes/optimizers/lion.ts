import { betaParam, defineUpdateRule, hyperTexts } from '../optimizer.ts';

/** Lion (Chen et al. 2023): the sign of a mean gradient, with decoupled weight decay. */
export const lion = defineUpdateRule({
  kind: 'lion',
  icon: 'rocket',
  title: 'Lion',
  description: 'Moves every weight by the same length, up or down.',
  aliases: ['sign', 'evolved'],
  defaults: { learningRate: 1e-4 },
  params: { beta1: betaParam(0.9), beta2: betaParam(0.99) },
  texts: {
    beta1: { label: 'β₁', help: 'How much of the step’s direction is the mean gradient.' },
    beta2: hyperTexts.beta1,
  },
  slots: () => ['m'],
  update: (update, { beta1, beta2, weightDecay }) => update.lion({ beta1, beta2, weightDecay }),
  summary: ({ beta1, beta2 }) => `β ${beta1} / ${beta2}`,
  examples: [
    { name: 'defaults', params: {} },
    { name: 'with weight decay', params: { learningRate: 3e-5, weightDecay: 0.1 } },
  ],
  lesson: {
    summary:
      'Found by a search over programs. It keeps one mean instead of two, and takes only the sign of it. All steps are equally long, so the learning rate should be three to ten times smaller than with AdamW, and the weight decay as much larger.',
    formula: 'w ← w − lr·(sign(β₁·m + (1 − β₁)·g) + λ·w)',
    references: [
      {
        title: 'Chen et al. 2023, Symbolic discovery of optimization algorithms',
        url: 'https://arxiv.org/abs/2302.06675',
      },
    ],
  },
});
