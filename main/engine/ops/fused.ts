import * as tf from '@tensorflow/tfjs-core';
import { backpropagate, isRecorded } from './tapeGradient.ts';

export interface Fused {
  readonly value: tf.Tensor;
  /** What `backward` needs; anything that was computed on the way. */
  readonly keep: readonly tf.Tensor[];
  /** One gradient for each input. */
  backward(dy: tf.Tensor, kept: readonly tf.Tensor[]): readonly tf.Tensor[];
}

/**
 * An operation with a hand-written gradient. Where that gradient will itself be differentiated, the
 * gradient of `composed`, the same function in differentiable operations, is taken in its place: what
 * a hand-written one keeps is not on the tape, and would count as constant.
 */
export function fused(
  inputs: readonly tf.Tensor[],
  forward: (inputs: readonly tf.Tensor[]) => Fused,
  composed: (inputs: readonly tf.Tensor[]) => tf.Tensor,
): tf.Tensor {
  const operation = tf.customGrad((...all) => {
    const save = all.at(-1) as tf.GradSaveFunc;
    const given = all.slice(0, -1) as tf.Tensor[];
    const { value, keep, backward } = forward(given);
    save([...given, ...keep]);
    return {
      value,
      gradFunc: (dy, saved) => {
        const again = saved.slice(0, given.length);
        if (!isRecorded()) return [...backward(dy, saved.slice(given.length))];
        const found = backpropagate(composed(again), dy, again);
        return again.map((input, index) => found[index] ?? tf.zerosLike(input));
      },
    };
  });
  return operation(...inputs);
}

/** The numbered one of what was kept or given. */
export function part(tensors: readonly (tf.Tensor | undefined)[], index: number): tf.Tensor {
  const tensor = tensors[index];
  if (!tensor) throw new Error('a fused operation lost a tensor');
  return tensor;
}
