import { defineOverlapLoss } from '../overlapLoss.ts';

/** 1 − (Σpt + s) / (Σp + Σt − Σpt + s): the soft Jaccard index. Rahman and Wang 2016. */
export const iouLoss = defineOverlapLoss({
  kind: 'iou-loss',
  icon: 'squares-intersect',
  title: 'IoU loss',
  description: 'How little of the union of predicted and true regions is common to both.',
  aliases: ['jaccard', 'intersection over union', 'overlap', 'segmentation'],
  lesson: {
    summary:
      'The common part of two regions divided by all that belongs to either: the figure by which segmentation is judged, made smooth so that it can be trained. It punishes poor overlap more than Dice does; both have the same best answer.',
    formula: 'L = 1 − (Σ pᵢtᵢ + s) / (Σ pᵢ + Σ tᵢ − Σ pᵢtᵢ + s)',
    references: [
      {
        title: 'Rahman and Wang 2016: Optimizing intersection-over-union in deep neural networks',
        url: 'https://doi.org/10.1007/978-3-319-50835-1_22',
      },
    ],
  },
  overlap: (ops, { both, prediction, target }, smooth) => {
    const union = ops.sub(ops.add(prediction, target), both);
    return ops.div(ops.add(both, smooth), ops.add(union, smooth));
  },
  python: '(both + s) / (p + t - both + s)',
});
