import { defineConfusionMetric } from '../confusionMetric.ts';

/** Right of said or there, mean over classes; over the whole split, as is usual in segmentation. */
export const meanIou = defineConfusionMetric({
  kind: 'mean-iou',
  icon: 'squares-intersect',
  title: 'Mean IoU',
  description: 'Overlap of predicted and true regions, mean over classes.',
  aliases: ['jaccard', 'intersection over union', 'segmentation', 'miou'],
  lesson: {
    summary:
      'Of all pixels that either the network or the truth gives to a class, the share that both do. A background that fills the picture no longer hides that a small class is missed. Regions are added up over the whole split, not picture by picture.',
    formula: 'IoU = right / (said + there − right)',
    references: [
      {
        title: 'Everingham et al. 2010: The PASCAL visual object classes challenge',
        url: 'https://doi.org/10.1007/s11263-009-0275-4',
      },
    ],
  },
  kerasFigure: (classes) => `MeanIoU(${classes})`,
  torchFigure: { dividend: 'right', divisor: 'said + there - right' },
  figure: ({ right, said, there }) => (said + there === 0 ? undefined : right / (said + there - right)),
});
