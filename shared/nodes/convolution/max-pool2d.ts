import { definePool2d } from '../pool.ts';

/** The largest value of each window. Ranzato et al. 2007. */
export const maxPool2d = definePool2d({
  kind: 'max-pool2d',
  icon: 'minimize-2',
  title: 'MaxPool2D',
  description: 'Keeps the largest value of each window.',
  aliases: ['pooling', 'downsample', 'subsampling'],
  operation: 'max',
  lesson: {
    summary:
      'Asks of each window only whether a feature is there, and how strongly, not exactly where. The map becomes smaller, later layers see more, and a small shift of the image changes little. The gradient goes to the winner alone.',
    formula: 'y[i, j, c] = max x[i·s + u, j·s + v, c]',
    references: [
      {
        title: 'Ranzato et al. 2007: Unsupervised learning of invariant feature hierarchies',
        url: 'https://doi.org/10.1109/CVPR.2007.383157',
      },
    ],
  },
});
