import { definePool2d } from '../pool.ts';

/** The mean of each window; where a window hangs over the edge, of what is inside. LeCun et al. 1998. */
export const averagePool2d = definePool2d({
  kind: 'average-pool2d',
  icon: 'shrink',
  title: 'AvgPool2D',
  description: 'Takes the mean of each window.',
  aliases: ['pooling', 'mean', 'downsample', 'subsampling'],
  operation: 'average',
  lesson: {
    summary:
      'Makes an image smaller without losing anything on average: every pixel counts, which keeps textures and brightness. Max pooling keeps the strongest features instead.',
    formula: 'y[i, j, c] = mean x[i·s + u, j·s + v, c]',
    references: [
      {
        title: 'LeCun et al. 1998: Gradient-based learning applied to document recognition',
        url: 'https://doi.org/10.1109/5.726791',
      },
    ],
  },
});
