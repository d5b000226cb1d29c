import * as tf from '@tensorflow/tfjs-core';
import type { RandomOps } from '#shared/nodes/ops.ts';

/** x / (1 − rate), or 0 with probability `rate`, out of one uniform draw for each number. */
export function droppedBy(uniform: RandomOps['uniform']): RandomOps['dropped'] {
  return (x, rate) => {
    const kept = tf.greater(uniform(x.shape), rate);
    return tf.mul(tf.mul(x, 1 / (1 - rate)), tf.cast(kept, 'float32'));
  };
}
