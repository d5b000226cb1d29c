import * as tf from '@tensorflow/tfjs-core';

interface Operand {
  readonly tensor: tf.Tensor;
  readonly letters: string;
}

/**
 * Einstein's sum of one or two operands by transposing, reshaping and one batched matrix product:
 * TensorFlow.js' own einsum has no gradient. No ellipsis, no letter twice in one operand.
 */
export function einsum(
  equation: string,
  operands: readonly tf.Tensor[],
  matMul: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  const [left = '', output] = equation.replaceAll(' ', '').split('->');
  const terms = left.split(',');
  if (output === undefined || terms.length !== operands.length || terms.length > 2) {
    throw new Error(`einsum: ${equation} does not fit ${operands.length} operands`);
  }
  const [a, b] = operands.map((tensor, index) => operand(tensor, terms[index] ?? '', equation));
  if (!a) throw new Error('einsum: no operand');
  if (!b) return reorder(sumAway(a, output), output);
  const first = sumAway(a, b.letters + output);
  const second = sumAway(b, a.letters + output);
  const batch = [...first.letters].filter((c) => second.letters.includes(c) && output.includes(c));
  const inner = [...first.letters].filter((c) => second.letters.includes(c) && !output.includes(c));
  const rows = [...first.letters].filter((c) => !second.letters.includes(c));
  const columns = [...second.letters].filter((c) => !first.letters.includes(c));
  const size = (letters: readonly string[], from: Operand) =>
    letters.map((c) => from.tensor.shape[from.letters.indexOf(c)] ?? 1);
  const count = (letters: readonly string[], from: Operand) =>
    size(letters, from).reduce((product, dim) => product * dim, 1);
  const batches = count(batch, first);
  const leading = batch.length > 0 ? [batches] : [];
  const product = matMul(
    tf.reshape(reorder(first, [...batch, ...rows, ...inner].join('')), [
      ...leading,
      count(rows, first),
      count(inner, first),
    ]),
    tf.reshape(reorder(second, [...batch, ...inner, ...columns].join('')), [
      ...leading,
      count(inner, second),
      count(columns, second),
    ]),
  );
  const shape = [...size(batch, first), ...size(rows, first), ...size(columns, second)];
  const letters = [...batch, ...rows, ...columns].join('');
  return reorder({ tensor: tf.reshape(product, shape), letters }, output);
}

function operand(tensor: tf.Tensor, letters: string, equation: string): Operand {
  if (letters.length !== tensor.rank || new Set(letters).size !== letters.length) {
    throw new Error(`einsum: ${equation} does not fit the shape ${tensor.shape.join('×')}`);
  }
  return { tensor, letters };
}

/** Sums over the axes that nothing else mentions. */
function sumAway({ tensor, letters }: Operand, kept: string): Operand {
  const axes = [...letters].flatMap((c, axis) => (kept.includes(c) ? [] : [axis]));
  if (axes.length === 0) return { tensor, letters };
  return { tensor: tf.sum(tensor, axes), letters: [...letters].filter((c) => kept.includes(c)).join('') };
}

function reorder({ tensor, letters }: Operand, wanted: string): tf.Tensor {
  if (letters === wanted) return tensor;
  return tf.transpose(
    tensor,
    [...wanted].map((c) => letters.indexOf(c)),
  );
}
