import { definePool1d } from '../pool.ts';

/** The mean of each window of steps; where a window hangs over the end, of what is inside. */
export const averagePool1d = definePool1d({
  kind: 'average-pool1d',
  icon: 'shrink',
  title: 'AvgPool1D',
  description: 'Takes the mean of each window of steps.',
  aliases: ['pooling', 'mean', 'smooth', 'moving average', 'downsample'],
  operation: 'average',
  lesson: {
    summary:
      'Smooths and shortens a series: a moving average, taken every few steps. With stride 1 and padding “same” it only smooths.',
    formula: 'y[t, c] = mean x[t·s + u, c]',
    references: [{ title: 'Oppenheim and Schafer 2009: Discrete-time signal processing' }],
  },
});
