import { defineErrorMetric } from '../errorMetric.ts';

/** Σ(prediction − target)² of each sample, mean over samples. */
export const reconstructionError = defineErrorMetric({
  kind: 'reconstruction-error',
  metricKey: 'reconstructionError',
  icon: 'copy-check',
  title: 'Reconstruction error',
  description: 'Squared distance of a whole sample from its copy.',
  aliases: ['auto-encoder', 'anomaly', 'mse'],
  lesson: {
    summary:
      'How far an auto-encoder’s copy lies from the original, all numbers of a sample together. A sample with a much larger one than the others is unlike what the network has seen: an anomaly.',
    formula: 'mean over samples of ‖x − t‖²',
    references: [
      {
        title: 'Hinton and Salakhutdinov 2006: Reducing the dimensionality of data with neural networks',
        url: 'https://doi.org/10.1126/science.1127647',
      },
    ],
  },
  better: 'lower',
  torchFigure: '((p - t) ** 2 * w).sum() / len(p)',
  figure: ({ squared, samples }) => squared / samples,
});
