import * as tf from '@tensorflow/tfjs-core';
import type { AttentionParts, AttentionWeightsArgs } from './attention.ts';
import { fused, part } from './fused.ts';
import { runNative, runNativeMany } from './nativeKernels.ts';

/**
 * Attention by the addon's kernels (`main/engine/addon/kernels/attention.h`): heads stay where they are, and what a
 * causal head does not see is not computed.
 */
export function kernelAttention(composed: AttentionParts): AttentionParts {
  return {
    weights: (args) => weights(args, composed),
    sum: (given, v, causal) =>
      fused(
        [given, v],
        (inputs) => ({
          value: runNative(
            'NeuroloomAttentionSum',
            { weights: part(inputs, 0), v: part(inputs, 1) },
            { causal },
          ),
          keep: [part(inputs, 0), part(inputs, 1)],
          backward: (dy, kept) =>
            runNativeMany(
              'NeuroloomAttentionSumGrad',
              { weights: part(kept, 0), v: part(kept, 1), dy },
              { causal },
            ),
        }),
        (inputs) => composed.sum(part(inputs, 0), part(inputs, 1), causal),
      ),
  };
}

function weights({ q, k, scale, mask, causal }: AttentionWeightsArgs, composed: AttentionParts): tf.Tensor {
  const attributes = { causal, scale };
  return fused(
    mask ? [q, k, mask] : [q, k],
    (inputs) => {
      const given = { q: part(inputs, 0), k: part(inputs, 1) };
      const added = mask ? ofFourAxes(part(inputs, 2)) : tf.zeros([1, 1, 1, 1]);
      const value = runNative('NeuroloomAttentionWeights', { ...given, mask: added }, attributes);
      return {
        value,
        keep: [given.q, given.k, value],
        backward: (dWeights, kept) => {
          const known = { q: part(kept, 0), k: part(kept, 1), weights: part(kept, 2), dWeights };
          if (!mask) return runNativeMany('NeuroloomAttentionWeightsGrad', known, attributes);
          const [dq, dk, dScores] = runNativeMany('NeuroloomMaskedAttentionWeightsGrad', known, attributes);
          return [dq, dk, summedTo(part([dScores], 0), mask.shape)];
        },
      };
    },
    (inputs) =>
      composed.weights({
        q: part(inputs, 0),
        k: part(inputs, 1),
        scale,
        mask: mask && part(inputs, 2),
        causal,
      }),
  );
}

const ofFourAxes = (x: tf.Tensor): tf.Tensor =>
  tf.reshape(x, [...Array<number>(4 - x.rank).fill(1), ...x.shape]);

/** The sum over the axes that were broadcast from `shape`. */
function summedTo(x: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const missing = x.rank - shape.length;
  const axes = x.shape.flatMap((size, axis) =>
    axis < missing || (shape[axis - missing] === 1 && size !== 1) ? [axis] : [],
  );
  return tf.reshape(axes.length > 0 ? tf.sum(x, axes) : x, [...shape]);
}
