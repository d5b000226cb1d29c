import * as tf from '@tensorflow/tfjs-core';
import type { Ops } from '#shared/nodes/ops.ts';
import { stopGradient } from './arrays.ts';
import { fused, fusedMany, part } from './fused.ts';
import { runNative, runNativeMany } from './nativeKernels.ts';

type Kernels = Pick<
  Ops,
  | 'gelu'
  | 'silu'
  | 'softplus'
  | 'layerNorm'
  | 'rmsNorm'
  | 'batchNormTraining'
  | 'sparseSoftmaxCrossEntropy'
  | 'sigmoidCrossEntropy'
>;

/** Operations by the addon's kernels (`main/engine/addon/kernels/elementwise.h`): one pass each way. */
export function kernelOps(composed: Kernels): Kernels {
  return {
    gelu: activation('NeuroloomGelu', composed.gelu),
    silu: activation('NeuroloomSilu', composed.silu),
    softplus: activation('NeuroloomSoftplus', composed.softplus),
    layerNorm: (x, scale, offset, epsilon) =>
      normalized({ x, scale, offset, epsilon, centred: true }, (given) =>
        composed.layerNorm(given.x, given.scale, given.offset, epsilon),
      ),
    rmsNorm: (x, scale, epsilon) =>
      normalized({ x, scale, offset: undefined, epsilon, centred: false }, (given) =>
        composed.rmsNorm(given.x, given.scale, epsilon),
      ),
    batchNormTraining: (x, scale, offset, epsilon) => batchNorm(x, scale, offset, epsilon, composed),
    sparseSoftmaxCrossEntropy: (logits, labels) =>
      fused(
        [logits],
        (inputs) => {
          const given = { logits: part(inputs, 0), labels };
          const [loss, gradient] = runNativeMany('NeuroloomSparseCrossEntropy', given);
          return {
            value: part([loss], 0),
            keep: [part([gradient], 0)],
            backward: (dy, kept) => [tf.mul(part(kept, 0), tf.expandDims(dy, 1))],
          };
        },
        (inputs) => composed.sparseSoftmaxCrossEntropy(part(inputs, 0), labels),
      ),
    sigmoidCrossEntropy: (logits, targets, positive) =>
      fused(
        [logits, targets],
        (inputs) => {
          const given = { logits: part(inputs, 0), targets: part(inputs, 1) };
          const results = runNativeMany('NeuroloomBinaryCrossEntropy', given, { positive });
          return {
            value: part(results, 0),
            keep: [part(results, 1), given.logits],
            backward: (dy, kept) => [
              tf.mul(dy, part(kept, 0)),
              tf.mul(dy, slopeOfTarget(part(kept, 1), positive)),
            ],
          };
        },
        (inputs) => composed.sigmoidCrossEntropy(part(inputs, 0), part(inputs, 1), positive),
      ),
  };
}

/** −positive·log σ(x) + log(1 − σ(x)). */
const slopeOfTarget = (x: tf.Tensor, positive: number): tf.Tensor => {
  const softplus = (value: tf.Tensor) => runNative('NeuroloomSoftplus', { x: value });
  return tf.sub(tf.mul(softplus(tf.neg(x)), positive), softplus(x));
};

function batchNorm(
  x: tf.Tensor,
  scale: tf.Tensor,
  offset: tf.Tensor,
  epsilon: number,
  composed: Kernels,
): ReturnType<Ops['batchNormTraining']> {
  const rowsOf = (tensor: tf.Tensor) => tf.reshape(tensor, [-1, x.shape.at(-1) ?? 1]);
  const [y, mean, variance] = fusedMany(
    [x, scale, offset],
    (inputs) => {
      const given = { x: rowsOf(part(inputs, 0)), scale: part(inputs, 1) };
      const results = runNativeMany('NeuroloomBatchNorm', { ...given, offset: part(inputs, 2) }, { epsilon });
      return {
        outputs: [tf.reshape(part(results, 0), x.shape), part(results, 1), part(results, 2)],
        keep: [given.x, given.scale, part(results, 1), part(results, 2)],
        backward: ([dy], kept) => {
          const [dx, dScale, dOffset] = runNativeMany(
            'NeuroloomBatchNormGrad',
            {
              x: part(kept, 0),
              scale: part(kept, 1),
              mean: part(kept, 2),
              variance: part(kept, 3),
              dy: rowsOf(part([dy], 0)),
            },
            { epsilon },
          );
          return [tf.reshape(part([dx], 0), x.shape), dScale, dOffset];
        },
      };
    },
    (inputs) => {
      const again = composed.batchNormTraining(part(inputs, 0), part(inputs, 1), part(inputs, 2), epsilon);
      return [again.y, again.mean, again.variance];
    },
  );
  return {
    y: part([y], 0),
    mean: stopGradient(part([mean], 0)),
    variance: stopGradient(part([variance], 0)),
  };
}

const activation =
  (kernel: string, composed: (x: tf.Tensor) => tf.Tensor) =>
  (x: tf.Tensor): tf.Tensor =>
    fused(
      [x],
      (inputs) => {
        const given = part(inputs, 0);
        return {
          value: runNative(kernel, { x: given }),
          keep: [given],
          backward: (dy, kept) => [runNative(`${kernel}Grad`, { x: part(kept, 0), dy })],
        };
      },
      (inputs) => composed(part(inputs, 0)),
    );

interface Normalized {
  readonly x: tf.Tensor;
  readonly scale: tf.Tensor | undefined;
  readonly offset: tf.Tensor | undefined;
}

/** Each row of the last axis normalised, with its mean taken off where `centred`. */
function normalized(
  { x, scale, offset, epsilon, centred }: Normalized & { epsilon: number; centred: boolean },
  composed: (given: Normalized) => tf.Tensor,
): tf.Tensor {
  const width = x.shape.at(-1) ?? 1;
  const attributes = { centred, epsilon };
  return fused(
    [x, ...[scale, offset].flatMap((tensor) => (tensor ? [tensor] : []))],
    (inputs) => {
      const rows = tf.reshape(part(inputs, 0), [-1, width]);
      const givenScale = scale ? part(inputs, 1) : tf.ones([width]);
      const givenOffset = offset ? part(inputs, scale ? 2 : 1) : tf.zeros([width]);
      const given = { x: rows, scale: givenScale, offset: givenOffset };
      const [y, mean, inverse] = runNativeMany('NeuroloomNorm', given, attributes);
      return {
        value: tf.reshape(part([y], 0), x.shape),
        keep: [rows, givenScale, part([mean], 0), part([inverse], 0)],
        backward: (dy, kept) => {
          const [dx, dScale, dOffset] = runNativeMany(
            'NeuroloomNormGrad',
            {
              x: part(kept, 0),
              scale: part(kept, 1),
              mean: part(kept, 2),
              inverse: part(kept, 3),
              dy: tf.reshape(dy, [-1, width]),
            },
            attributes,
          );
          return [
            tf.reshape(part([dx], 0), x.shape),
            ...(scale ? [dScale] : []),
            ...(offset ? [dOffset] : []),
          ];
        },
      };
    },
    (inputs) =>
      composed({
        x: part(inputs, 0),
        scale: scale && part(inputs, 1),
        offset: offset && part(inputs, scale ? 2 : 1),
      }),
  );
}
