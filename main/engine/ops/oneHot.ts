import * as tf from '@tensorflow/tfjs-core';
import { offTape } from './offTape.ts';

/** TensorFlow.js refuses a single class, which a batch of one sample may have. Indices beyond the classes give zeros. */
export function oneHot(indices: tf.Tensor, depth: number, dtype: 'float32' | 'bool' = 'float32'): tf.Tensor {
  if (depth > 1) return tf.oneHot(indices as tf.Tensor1D, depth, 1, 0, dtype);
  return offTape(() => tf.expandDims(tf.cast(tf.equal(indices, tf.scalar(0, 'int32')), dtype), indices.rank));
}
