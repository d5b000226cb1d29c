import * as tf from '@tensorflow/tfjs-core';

/**
 * Computes what changes in jumps – comparisons, places, whole numbers – unseen by the tape: to what
 * follows it is a given number, as in PyTorch. TensorFlow.js has no gradient of such operations and
 * would end with an error where one lies between a loss and a weight.
 */
export function offTape<T extends tf.TensorContainer>(compute: () => T): T {
  const { state } = tf.engine();
  // The tape records only what is called from outside of kernels.
  state.kernelDepth += 1;
  try {
    return compute();
  } finally {
    state.kernelDepth -= 1;
  }
}
