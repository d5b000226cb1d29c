import { defineConfusionMetric } from '../confusionMetric.ts';

/** Harmonic mean of precision and recall, mean over classes (macro F1). */
export const f1 = defineConfusionMetric({
  kind: 'f1',
  icon: 'scale',
  title: 'F1',
  description: 'Precision and recall in one figure.',
  aliases: ['f-score', 'f-measure', 'harmonic mean'],
  lesson: {
    summary:
      'The harmonic mean of precision and recall is near the smaller of the two, so neither can be bought with the other. Averaged over classes, each counts the same however rare it is.',
    formula: 'F1 = 2·right / (said + there)',
    references: [
      {
        title: 'van Rijsbergen 1979: Information retrieval',
        url: 'https://www.dcs.gla.ac.uk/Keith/Preface.html',
      },
    ],
  },
  torchFigure: { dividend: '2 * right', divisor: 'said + there' },
  figure: ({ right, said, there }) => (said + there === 0 ? undefined : (2 * right) / (said + there)),
});
