import * as tf from '@tensorflow/tfjs-core';
import { backpropagateGradients, getFilteredNodesXToY } from '@tensorflow/tfjs-core/dist/tape.js';

/**
 * ∂(sum of y)/∂x from the tape of the pass that is running; what it computes is on the same tape and
 * so differentiable again. Zero where y does not depend on x.
 */
export function tapeGradient(y: tf.Tensor, x: tf.Tensor): tf.Tensor {
  const engine = tf.engine();
  const tape = engine.state.activeTape;
  if (!tape) throw new Error('a gradient was asked for in a pass that is not recorded');
  const nodes = getFilteredNodesXToY([...tape], [x], y);
  const accumulated: Record<number, tf.Tensor> = { [y.id]: tf.onesLike(y) };
  backpropagateGradients(
    accumulated,
    nodes,
    (body) => tf.tidy(body as () => tf.Tensor),
    (a, b) => tf.add(a, b),
  );
  return accumulated[x.id] ?? tf.zerosLike(x);
}
