import * as tf from '@tensorflow/tfjs-core';

/**
 * Makes a registered backend the one that TensorFlow.js computes with. Everything that computes
 * selects its own first: one process may hold several, and a selection is process-wide.
 */
export function selectBackend(name: string): void {
  if (tf.getBackend() === name) return;
  if (!tf.findBackend(name)) throw new Error(`the backend ${name} is not registered`);
  // The promise says the same once more: a backend that was found is ready.
  void tf.setBackend(name);
}
