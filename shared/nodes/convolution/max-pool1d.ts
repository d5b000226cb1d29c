import { definePool1d } from '../pool.ts';

/** The largest value of each window of steps. */
export const maxPool1d = definePool1d({
  kind: 'max-pool1d',
  icon: 'minimize-2',
  title: 'MaxPool1D',
  description: 'Keeps the largest value of each window of steps.',
  aliases: ['pooling', 'downsample', 'temporal', 'signal'],
  operation: 'max',
  lesson: {
    summary:
      'Shortens a series and keeps the strongest sign of each feature in every window, wherever in it. What comes after sees further and computes less.',
    formula: 'y[t, c] = max x[t·s + u, c]',
    references: [
      {
        title: 'Kim 2014: Convolutional neural networks for sentence classification',
        url: 'https://arxiv.org/abs/1408.5882',
      },
    ],
  },
});
