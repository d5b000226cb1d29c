import { definePool3d } from '../pool3d.ts';

/** The largest value of each window. */
export const maxPool3d = definePool3d({
  kind: 'max-pool3d',
  icon: 'package-minus',
  title: 'MaxPool3D',
  description: 'Keeps the largest value of each window of a volume.',
  aliases: ['pooling', 'downsample', 'video', 'film', 'voxel'],
  operation: 'max',
  lesson: {
    summary:
      'Makes a volume or a film an eighth as large when every axis is halved, and keeps the strongest sign of each feature. Of a film one often pools in space first and in time only later, so that short movements are not lost.',
    formula: 'y[d, i, j, c] = max x[d·s + u, i·s + v, j·s + w, c]',
    references: [
      {
        title: 'Tran et al. 2015: Learning spatiotemporal features with 3D convolutional networks',
        url: 'https://arxiv.org/abs/1412.0767',
      },
    ],
  },
});
