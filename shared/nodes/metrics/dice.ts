import { defineConfusionMetric } from '../confusionMetric.ts';

/** Twice right of said and there together, mean over classes. Dice 1945. */
export const dice = defineConfusionMetric({
  kind: 'dice',
  icon: 'blend',
  title: 'Dice',
  description: 'Overlap of regions as twice the common part of both.',
  aliases: ['sorensen', 'f1', 'segmentation', 'overlap'],
  lesson: {
    summary:
      'The usual figure for medical segmentation: the common part counted twice, divided by both regions. It is F1 of pixels, and always a little above the IoU of the same regions.',
    formula: 'Dice = 2·right / (said + there)',
    references: [
      {
        title: 'Dice 1945: Measures of the amount of ecologic association between species',
        url: 'https://doi.org/10.2307/1932409',
      },
    ],
  },
  torchFigure: { dividend: '2 * right', divisor: 'said + there' },
  figure: ({ right, said, there }) => (said + there === 0 ? undefined : (2 * right) / (said + there)),
});
