import { defineConfusionMetric } from '../confusionMetric.ts';

/** Right of there, mean over the classes that are there. */
export const recall = defineConfusionMetric({
  kind: 'recall',
  icon: 'radar',
  title: 'Recall',
  description: 'Of what belongs to a class, the share that was found.',
  aliases: ['sensitivity', 'true positive rate', 'misses'],
  lesson: {
    summary:
      'How much is found: of all that belongs to a class, the share that was put there. Saying yes to everything makes it 1, so look at precision beside it. The mean over classes is the balanced accuracy.',
    formula: 'recall = right / there',
    references: [
      {
        title: 'van Rijsbergen 1979: Information retrieval',
        url: 'https://www.dcs.gla.ac.uk/Keith/Preface.html',
      },
    ],
  },
  torchFigure: { dividend: 'right', divisor: 'there' },
  figure: ({ right, there }) => (there === 0 ? undefined : right / there),
});
