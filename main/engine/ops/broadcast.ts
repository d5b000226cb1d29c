import * as tf from '@tensorflow/tfjs-core';

type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** From this rank on TensorFlow.js' WebGPU backend writes programs that do not compile, where shapes differ. */
const TOO_HIGH = 5;

/**
 * An element-wise operation of two tensors, with high ranks brought down where they broadcast:
 * neighbouring axes that both have, or of which one has only one, are taken together.
 */
export function broadcasting(operation: Binary): Binary {
  return (a, b) => {
    const rank = Math.max(a.rank, b.rank);
    if (rank < TOO_HIGH || tf.util.arraysEqual(a.shape, b.shape)) return operation(a, b);
    const left = [...new Array<number>(rank - a.rank).fill(1), ...a.shape];
    const right = [...new Array<number>(rank - b.rank).fill(1), ...b.shape];
    const merged = mergeAxes(left, right);
    const result = operation(tf.reshape(a, merged.left), tf.reshape(b, merged.right));
    return tf.reshape(
      result,
      left.map((dim, axis) => Math.max(dim, right[axis] ?? 1)),
    );
  };
}

function mergeAxes(left: readonly number[], right: readonly number[]): { left: number[]; right: number[] } {
  const merged = { left: [] as number[], right: [] as number[] };
  let before = '';
  for (const [axis, a] of left.entries()) {
    const b = right[axis] ?? 1;
    const pattern = a === b ? 'both' : a === 1 ? 'right' : 'left';
    // An axis of one element fits every neighbour.
    const last = merged.left.length - 1;
    if (last >= 0 && (pattern === before || (a === 1 && b === 1))) {
      merged.left[last] = (merged.left[last] ?? 1) * a;
      merged.right[last] = (merged.right[last] ?? 1) * b;
      continue;
    }
    merged.left.push(a);
    merged.right.push(b);
    before = pattern;
  }
  return merged;
}
