import * as tf from '@tensorflow/tfjs-core';
import type { Ops } from '#shared/nodes/ops.ts';
import { attention, composedAttention } from './attention.ts';
import { batchNormTraining } from './batchNorm.ts';
import { convolutionOps } from './convolution.ts';
import { createCoreOps, sigmoidCrossEntropyBy } from './coreOps.ts';
import { fused, part } from './fused.ts';
import { kernelAttention } from './kernelAttention.ts';
import { kernelConvolve } from './kernelConvolution.ts';
import { kernelOps } from './kernelOps.ts';
import { kernelRecurrent } from './kernelRecurrent.ts';
import { gelu, silu } from './nativeActivations.ts';
import { runNative, runNativeMany } from './nativeKernels.ts';
import { layerNorm, rmsNorm } from './nativeNorms.ts';
import { nativeRecurrent } from './nativeRecurrent.ts';
import { recurrentOps } from './recurrent.ts';

/**
 * The closed list of operations with TensorFlow's own fused kernels and gradients where they are
 * faster than what TensorFlow.js composes. Needs a backend with the native kernels. `addonKernels` takes the
 * addon's own where there are some: on processors only, and not in graphs that are to run elsewhere.
 */
export function createNativeOps({ addonKernels }: { addonKernels: boolean }): Ops {
  const core = createCoreOps();
  const basics: Pick<Ops, 'relu' | 'sigmoid' | 'tanh' | 'matMul' | 'affine'> = {
    relu: (x) =>
      unary(
        x,
        (input) => tf.relu(input),
        (dy, { y }) => runNative('ReluGrad', { dy, y }),
      ),
    sigmoid: (x) =>
      unary(
        x,
        (input) => tf.sigmoid(input),
        (dy, { y }) => runNative('SigmoidGrad', { y, dy }),
      ),
    tanh: (x) =>
      unary(
        x,
        (input) => tf.tanh(input),
        (dy, { y }) => runNative('TanhGrad', { y, dy }),
      ),
    matMul: (a, b) => matMul(a, b, addonKernels),
    affine: (x, kernel, bias) => {
      if (bias && addonKernels && kernel.rank === 2) {
        return overRows(x, kernel, (a) => runNative('NeuroloomAffine', { a, b: kernel, bias }));
      }
      const product = matMul(x, kernel, addonKernels);
      return bias ? biasAdd(product, bias) : product;
    },
  };
  const attentionKernels = kernelAttention(composedAttention((x) => tf.softmax(x)));
  const composedCells = recurrentOps(basics);
  const unrolled = nativeRecurrent(composedCells);
  const softplus = (x: tf.Tensor) =>
    unary(
      x,
      (input) => tf.softplus(input),
      (dy, { x: saved }) => runNative('SoftplusGrad', { dy, x: saved }),
    );
  const composed = {
    gelu: gelu(core.gelu),
    silu: silu(core.silu),
    softplus,
    sigmoidCrossEntropy: sigmoidCrossEntropyBy(softplus),
    layerNorm: layerNorm(core.layerNorm),
    rmsNorm: rmsNorm(core.rmsNorm),
    batchNormTraining: batchNormTraining(core),
    sparseSoftmaxCrossEntropy: sparseSoftmaxCrossEntropy(core),
  };
  return {
    ...core,
    ...basics,
    ...(addonKernels ? kernelRecurrent(unrolled, composedCells) : unrolled),
    ...(addonKernels ? kernelOps(core) : composed),
    ...(addonKernels && convolutionOps(kernelConvolve)),
    ...(addonKernels && { attention: (args) => attention(args, attentionKernels) }),
    leakyRelu: (x, alpha) =>
      unary(
        x,
        (input) => tf.leakyRelu(input, alpha),
        (dy, { x: saved }) => runNative('LeakyReluGrad', { dy, x: saved }, { alpha }),
      ),
    averagePool2d: (x, { size, strides, padding }) =>
      tf.avgPool(x as tf.Tensor4D, [...size], [...strides], padding),
    add: (a, b) =>
      b.rank === 1 && a.rank > 1 && a.shape.at(-1) === b.shape[0] ? biasAdd(a, b) : tf.add(a, b),
  };
}

/** An operation of one input whose gradient is a kernel over its input or output. */
function unary(
  x: tf.Tensor,
  forward: (x: tf.Tensor) => tf.Tensor,
  gradient: (dy: tf.Tensor, saved: { x: tf.Tensor; y: tf.Tensor }) => tf.Tensor,
): tf.Tensor {
  const operation = tf.customGrad((value, save) => {
    const input = value as tf.Tensor;
    const y = forward(input);
    (save as tf.GradSaveFunc)([input, y]);
    return {
      value: y,
      gradFunc: (dy, saved) => {
        const [savedX, savedY] = saved;
        if (!savedX || !savedY) throw new Error('a gradient lost its saved tensors');
        return gradient(dy, { x: savedX, y: savedY });
      },
    };
  });
  return operation(x);
}

/** A matrix on the right serves every leading axis of a. */
function matMul(a: tf.Tensor, b: tf.Tensor, addon: boolean): tf.Tensor {
  if (b.rank !== 2) return tf.matMul(a, b);
  return overRows(a, b, (rows) => runNative('PlainMatMul', { a: rows, b }, { addon }));
}

/** `product` of the rows of the last axis, in a's shape but for that axis. */
function overRows(a: tf.Tensor, b: tf.Tensor, product: (rows: tf.Tensor) => tf.Tensor): tf.Tensor {
  if (a.rank === 2) return product(a);
  const rows = tf.reshape(a, [-1, a.shape.at(-1) ?? 1]);
  return tf.reshape(product(rows), [...a.shape.slice(0, -1), b.shape[1] ?? 1]);
}

/** Adds `[C]` to the last axis. */
const biasAdd = (x: tf.Tensor, bias: tf.Tensor): tf.Tensor => runNative('BiasAdd', { x, bias });

/** Per sample `[B]`; TensorFlow computes the gradient with the loss. */
const sparseSoftmaxCrossEntropy =
  (core: Ops): Ops['sparseSoftmaxCrossEntropy'] =>
  (logits, labels) =>
    fused(
      [logits],
      ([value]) => {
        const [loss, gradient] = runNativeMany('SparseSoftmaxCrossEntropyWithLogits', {
          logits: value as tf.Tensor,
          labels,
        });
        return {
          value: part([loss], 0),
          keep: [part([gradient], 0)],
          backward: (dy, kept) => [tf.mul(part(kept, 0), tf.expandDims(dy, 1))],
        };
      },
      (inputs) => core.sparseSoftmaxCrossEntropy(part(inputs, 0), labels),
    );
