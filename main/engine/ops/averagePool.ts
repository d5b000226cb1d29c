import * as tf from '@tensorflow/tfjs-core';
import type { Pool2dOptions } from '#shared/nodes/ops.ts';

/**
 * Average pooling, `[B, H, W, C]` → `[B, H', W', C]`; a window over the border averages the pixels
 * that exist. With `same` padding the gradient of TensorFlow.js divides by the whole window on some
 * backends, so there it is written as sums: padding by zeros, an average over whole windows, and a
 * correction by the number of pixels that each window really covers.
 */
export function averagePool(x: tf.Tensor, { size, strides, padding }: Pool2dOptions): tf.Tensor {
  const image = x as tf.Tensor4D;
  if (padding === 'valid') return tf.avgPool(image, [...size], [...strides], 'valid');
  const [, height, width] = image.shape;
  const vertical = samePadding(height, size[0], strides[0]);
  const horizontal = samePadding(width, size[1], strides[1]);
  const padded = tf.pad(image, [[0, 0], vertical, horizontal, [0, 0]]) as tf.Tensor4D;
  const average = tf.avgPool(padded, [...size], [...strides], 'valid');
  const rows = coverage(height, vertical[0], size[0], strides[0]);
  const columns = coverage(width, horizontal[0], size[1], strides[1]);
  const correction = rows.flatMap((row) => columns.map((column) => (size[0] * size[1]) / (row * column)));
  return tf.mul(average, tf.tensor(correction, [1, rows.length, columns.length, 1], 'float32'));
}

/** Zeros before and after, as TensorFlow's SAME: the odd one goes after. */
function samePadding(length: number, size: number, stride: number): [number, number] {
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + size - length, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/** How many real positions each window covers along one axis. */
function coverage(length: number, before: number, size: number, stride: number): number[] {
  return Array.from({ length: Math.ceil(length / stride) }, (_, index) => {
    const start = index * stride - before;
    return Math.min(start + size, length) - Math.max(start, 0);
  });
}
