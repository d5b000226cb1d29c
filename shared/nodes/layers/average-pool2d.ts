import { definePool2d } from '../pool2d.ts';

/**
 * Mean of each window: `[B, H, W, C]` → `[B, H′, W′, C]`. LeCun et al. 1989; padding as in
 * TensorFlow (padded places are not counted).
 */
export const averagePool2d = definePool2d({
  kind: 'average-pool2d',
  icon: 'shrink',
  title: 'AvgPool2D',
  description: 'Averages each window.',
  aliases: ['average pooling', 'mean pooling', 'downsample', 'subsample'],
  pool: (ops, x, options) => ops.averagePool2d(x, options),
});
