import { betaParam, defineUpdateRule, epsilonParam, hyperTexts } from '../optimizer.ts';

/** Adadelta (Zeiler 2012) by torch.optim.Adadelta's formula. */
export const adadelta = defineUpdateRule({
  kind: 'adadelta',
  icon: 'mountain',
  title: 'Adadelta',
  description: 'Finds the length of its steps by itself.',
  aliases: ['adaptive'],
  defaults: { learningRate: 1 },
  params: { rho: betaParam(0.9), epsilon: epsilonParam(1e-6) },
  texts: {
    rho: { label: 'ρ', help: 'Memory of squared gradients and steps.' },
    epsilon: hyperTexts.epsilon,
  },
  slots: () => ['v', 'steps'],
  update: (update, { rho, epsilon, weightDecay }) => update.adadelta({ rho, epsilon, weightDecay }),
  summary: ({ rho }) => `ρ ${rho}`,
  examples: [
    { name: 'defaults', params: {} },
    { name: 'with weight decay', params: { learningRate: 0.5, rho: 0.95, weightDecay: 1e-4 } },
  ],
  lesson: {
    summary:
      'Scales each step by the size of the recent ones, so that it has the unit of the weight and needs no learning rate (1 leaves the formula as it is). It starts slowly.',
    formula: 'd = √(a + ε) / √(v + ε) · g,  w ← w − lr·d',
    references: [
      {
        title: 'Zeiler 2012, ADADELTA: an adaptive learning rate method',
        url: 'https://arxiv.org/abs/1212.5701',
      },
    ],
  },
});
