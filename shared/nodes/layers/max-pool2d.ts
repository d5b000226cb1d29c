import { definePool2d } from '../pool2d.ts';

/**
 * Largest value of each window: `[B, H, W, C]` → `[B, H′, W′, C]`. Riesenhuber and Poggio 1999;
 * padding as in TensorFlow (padded places never win).
 */
export const maxPool2d = definePool2d({
  kind: 'max-pool2d',
  icon: 'minimize-2',
  title: 'MaxPool2D',
  description: 'Keeps the largest value of each window.',
  aliases: ['max pooling', 'downsample', 'subsample'],
  pool: (ops, x, options) => ops.maxPool2d(x, options),
});
