import { definePool3d } from '../pool3d.ts';

/** The mean of each window; at the border of the places that exist. */
export const averagePool3d = definePool3d({
  kind: 'average-pool3d',
  icon: 'package',
  title: 'AveragePool3D',
  description: 'Averages each window of a volume.',
  aliases: ['pooling', 'mean', 'downsample', 'video', 'film', 'voxel'],
  operation: 'average',
  lesson: {
    summary:
      'Makes a volume or a film smaller and loses nothing on average: brightness and density stay what they are. Networks for films end with one over all that is left of time and space.',
    formula: 'y[d, i, j, c] = mean x[d·s + u, i·s + v, j·s + w, c]',
    references: [
      {
        title: 'Carreira and Zisserman 2017: Quo vadis, action recognition? (I3D)',
        url: 'https://arxiv.org/abs/1705.07750',
      },
    ],
  },
});
