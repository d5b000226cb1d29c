import * as tf from '@tensorflow/tfjs-core';
import type { AttentionArgs } from '#shared/nodes/ops.ts';

/** Added to the score of a key that a query must not see; its weight is zero in single precision. */
const HIDDEN = -1e9;

export interface AttentionWeightsArgs {
  readonly q: tf.Tensor;
  readonly k: tf.Tensor;
  readonly scale: number;
  readonly mask: tf.Tensor | undefined;
  readonly causal: boolean;
}

/** The two halves of attention. */
export interface AttentionParts {
  /** softmax(q·kᵀ·scale + mask), `[B, H, Tq, Tk]`, of q `[B, Tq, H, D]` and k `[B, Tk, H, D]`. */
  weights(args: AttentionWeightsArgs): tf.Tensor;
  /** weights·v, `[B, Tq, H, Dv]`, of v `[B, Tk, H, Dv]`; `causal` says that weights after the diagonal are 0. */
  sum(weights: tf.Tensor, v: tf.Tensor, causal: boolean): tf.Tensor;
}

/** Scaled dot-product attention (Vaswani et al. 2017) by its halves. */
export function attention(
  { q, k, v, scale, mask, causal = false, dropout }: AttentionArgs,
  parts: AttentionParts,
): { y: tf.Tensor; weights: tf.Tensor } {
  const weights = parts.weights({ q, k, scale, mask, causal });
  const used = dropout && dropout.rate > 0 ? dropout.random.dropped(weights, dropout.rate) : weights;
  return { y: parts.sum(used, v, causal), weights };
}

export const composedAttention = (softmax: (x: tf.Tensor) => tf.Tensor): AttentionParts => ({
  weights({ q, k, scale, mask, causal }) {
    let scores = tf.matMul(headsFirst(tf.mul(q, scale)), headsFirst(k), false, true);
    if (mask) scores = tf.add(scores, mask);
    if (causal) scores = tf.add(scores, causalMask(q.shape[1] ?? 0, k.shape[1] ?? 0));
    return softmax(scores);
  },
  sum: (weights, v) => headsFirst(tf.matMul(weights, headsFirst(v))),
});

/** `[B, T, H, D]` ↔ `[B, H, T, D]`. */
const headsFirst = (x: tf.Tensor): tf.Tensor => tf.transpose(x, [0, 2, 1, 3]);

/** `[queries, keys]`: 0 up to the query's own place, counted from the end, and `HIDDEN` after it. */
function causalMask(queries: number, keys: number): tf.Tensor {
  const query = tf.expandDims(tf.range(keys - queries, keys, 1, 'int32'), 1);
  const key = tf.expandDims(tf.range(0, keys, 1, 'int32'), 0);
  return tf.mul(tf.cast(tf.greater(key, query), 'float32'), HIDDEN);
}
