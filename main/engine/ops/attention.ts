import * as tf from '@tensorflow/tfjs-core';
import type { AttentionArgs } from '#shared/nodes/ops.ts';

/** Added to the score of a key that a query must not see; its weight is zero in single precision. */
const HIDDEN = -1e9;

/** softmax(q·kᵀ·scale + mask)·v over `[B, H, T, D]` (Vaswani et al. 2017). */
export function attention(
  { q, k, v, scale, mask, causal, dropout }: AttentionArgs,
  softmax: (x: tf.Tensor) => tf.Tensor,
): { y: tf.Tensor; weights: tf.Tensor } {
  let scores = tf.matMul(tf.mul(q, scale), k, false, true);
  if (mask) scores = tf.add(scores, mask);
  if (causal) scores = tf.add(scores, causalMask(q.shape[2] ?? 0, k.shape[2] ?? 0));
  const weights = softmax(scores);
  if (!dropout || dropout.rate === 0) return { y: tf.matMul(weights, v), weights };
  return { y: tf.matMul(dropout.random.dropped(weights, dropout.rate), v), weights };
}

/** `[queries, keys]`: 0 up to the query's own place, counted from the end, and `HIDDEN` after it. */
function causalMask(queries: number, keys: number): tf.Tensor {
  const query = tf.expandDims(tf.range(keys - queries, keys, 1, 'int32'), 1);
  const key = tf.expandDims(tf.range(0, keys, 1, 'int32'), 0);
  return tf.mul(tf.cast(tf.greater(key, query), 'float32'), HIDDEN);
}
