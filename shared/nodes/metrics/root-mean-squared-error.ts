import { defineErrorMetric } from '../errorMetric.ts';

/** Root of the mean of (prediction − target)². */
export const rootMeanSquaredError = defineErrorMetric({
  kind: 'root-mean-squared-error',
  metricKey: 'rootMeanSquaredError',
  icon: 'radical',
  title: 'RMSE',
  description: 'The size of a typical error, large ones counting more.',
  aliases: ['rmse', 'l2', 'regression', 'standard error'],
  lesson: {
    summary:
      'Also in the units of the target, but large errors count more than small ones. If it is much larger than the mean absolute error, a few predictions are far off.',
    formula: 'RMSE = √ mean (x − t)²',
    references: [
      {
        title: 'Hastie, Tibshirani and Friedman 2009: The elements of statistical learning',
        url: 'https://hastie.su.domains/ElemStatLearn/',
      },
    ],
  },
  better: 'lower',
  kerasName: 'RootMeanSquaredError',
  torchFigure: '(((p - t) ** 2 * w).sum() / w.sum()).sqrt()',
  inUnits: true,
  figure: ({ squared, count }) => Math.sqrt(squared / count),
});
