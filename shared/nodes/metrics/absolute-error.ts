import { defineErrorMetric } from '../errorMetric.ts';

/** Mean of |prediction − target|. */
export const absoluteError = defineErrorMetric({
  kind: 'absolute-error',
  metricKey: 'meanAbsoluteError',
  icon: 'ruler',
  title: 'Mean absolute error',
  description: 'How far predictions are off on average.',
  aliases: ['mae', 'l1', 'regression'],
  lesson: {
    summary:
      'The error in the units of the target itself: off by so much on average. A few wild misses count no more than they are.',
    formula: 'MAE = mean |x − t|',
    references: [
      {
        title: 'Hastie, Tibshirani and Friedman 2009: The elements of statistical learning',
        url: 'https://hastie.su.domains/ElemStatLearn/',
      },
    ],
  },
  better: 'lower',
  kerasName: 'MeanAbsoluteError',
  torchFigure: '((p - t).abs() * w).sum() / w.sum()',
  inUnits: true,
  figure: ({ absolute, count }) => absolute / count,
});
