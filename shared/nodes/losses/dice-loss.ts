import { defineOverlapLoss } from '../overlapLoss.ts';

/** 1 − (2·Σpt + s) / (Σp + Σt + s). Milletari, Navab and Ahmadi 2016. */
export const diceLoss = defineOverlapLoss({
  kind: 'dice-loss',
  icon: 'circle-dot-dashed',
  title: 'Dice loss',
  description: 'How little predicted and true regions overlap, small regions counting as much as large.',
  aliases: ['f1', 'overlap', 'segmentation', 'sorensen', 'v-net'],
  lesson: {
    summary:
      'Judges a whole region instead of each pixel, so a small organ counts as much as the background around it. Its gradients are uneven while there is hardly any overlap; adding cross-entropy with a weighted sum of losses steadies the start.',
    formula: 'L = 1 − (2·Σ pᵢtᵢ + s) / (Σ pᵢ + Σ tᵢ + s)',
    references: [
      { title: 'Milletari, Navab and Ahmadi 2016: V-Net', url: 'https://arxiv.org/abs/1606.04797' },
    ],
  },
  overlap: (ops, { both, prediction, target }, smooth) =>
    ops.div(ops.add(ops.mul(both, ops.scalar(2)), smooth), ops.add(ops.add(prediction, target), smooth)),
  python: '(2 * both + s) / (p + t + s)',
});
