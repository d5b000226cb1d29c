import { defineErrorMetric } from '../errorMetric.ts';

/** 1 − Σ(prediction − target)² / Σ(target − mean)², over all numbers. */
export const rSquared = defineErrorMetric({
  kind: 'r-squared',
  metricKey: 'rSquared',
  icon: 'chart-scatter',
  title: 'R²',
  description: 'How much better than always predicting the mean.',
  aliases: ['coefficient of determination', 'explained variance', 'regression'],
  lesson: {
    summary:
      '1 is perfect, 0 is no better than always saying the mean, below 0 is worse. It compares with how much the targets vary, so the same error gives another figure on other data.',
    formula: 'R² = 1 − Σ(x − t)² / Σ(t − t̄)²',
    references: [
      {
        title: 'Hastie, Tibshirani and Friedman 2009: The elements of statistical learning',
        url: 'https://hastie.su.domains/ElemStatLearn/',
      },
    ],
  },
  better: 'higher',
  torchFigure: '1 - ((p - t) ** 2 * w).sum() / ((t - (t * w).sum() / w.sum()) ** 2 * w).sum()',
  figure: ({ squared, target, targetSquared, count }) => {
    const spread = targetSquared - target ** 2 / count;
    return spread <= 0 ? 0 : 1 - squared / spread;
  },
});
