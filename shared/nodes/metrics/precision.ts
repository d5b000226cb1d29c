import { defineConfusionMetric } from '../confusionMetric.ts';

/** Right of said, mean over the classes that were said. */
export const precision = defineConfusionMetric({
  kind: 'precision',
  icon: 'crosshair',
  title: 'Precision',
  description: 'Of what was said to be a class, the share that is.',
  aliases: ['positive predictive value', 'false alarms'],
  lesson: {
    summary:
      'How far a yes can be believed: of all that was put into a class, the share that belongs there. Alone it is easily cheated by saying yes seldom; look at recall beside it.',
    formula: 'precision = right / said',
    references: [
      {
        title: 'van Rijsbergen 1979: Information retrieval',
        url: 'https://www.dcs.gla.ac.uk/Keith/Preface.html',
      },
    ],
  },
  torchFigure: { dividend: 'right', divisor: 'said' },
  figure: ({ right, said }) => (said === 0 ? undefined : right / said),
});
