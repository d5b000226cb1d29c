import * as tf from '@tensorflow/tfjs-core';
import type { Ops } from '#shared/nodes/ops.ts';
import { batchNormTraining } from './batchNorm.ts';
import { createCoreOps } from './coreOps.ts';
import { runNative, runNativeMany } from './nativeKernels.ts';

/**
 * The closed list of operations with TensorFlow's own fused kernels and gradients where they are
 * faster than what TensorFlow.js composes. Needs a backend with the native kernels.
 */
export function createNativeOps(): Ops {
  return {
    ...createCoreOps(),
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
    softplus: (x) =>
      unary(
        x,
        (input) => tf.softplus(input),
        (dy, { x: saved }) => runNative('SoftplusGrad', { dy, x: saved }),
      ),
    matMul: (a, b) => (a.rank === 2 && b.rank === 2 ? matMul(a, b) : tf.matMul(a, b)),
    affine: (x, kernel, bias) => {
      const product = x.rank === 2 && kernel.rank === 2 ? matMul(x, kernel) : tf.matMul(x, kernel);
      return bias ? biasAdd(product, bias) : product;
    },
    averagePool2d: (x, { size, strides, padding }) =>
      tf.avgPool(x as tf.Tensor4D, [...size], [...strides], padding),
    add: (a, b) =>
      b.rank === 1 && a.rank > 1 && a.shape.at(-1) === b.shape[0] ? biasAdd(a, b) : tf.add(a, b),
    batchNormTraining,
    sparseSoftmaxCrossEntropy,
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

/** `[n, k] · [k, m]` through MatMul, which TensorFlow can fuse with what follows. */
function matMul(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const operation = tf.customGrad((left, right, save) => {
    (save as tf.GradSaveFunc)([left as tf.Tensor, right as tf.Tensor]);
    return {
      value: runNative('PlainMatMul', { a: left as tf.Tensor, b: right as tf.Tensor }),
      gradFunc: (dy, saved) => {
        const [savedA, savedB] = saved;
        if (!savedA || !savedB) throw new Error('a gradient lost its saved tensors');
        return [
          runNative('PlainMatMul', { a: dy, b: savedB }, { transposeB: true }),
          runNative('PlainMatMul', { a: savedA, b: dy }, { transposeA: true }),
        ];
      },
    };
  });
  return operation(a, b);
}

/** Adds `[C]` to the last axis. */
function biasAdd(x: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  const operation = tf.customGrad((value, offset) => ({
    value: runNative('BiasAdd', { x: value as tf.Tensor, bias: offset as tf.Tensor }),
    gradFunc: (dy) => [tf.clone(dy), runNative('BiasAddGrad', { dy })],
  }));
  return operation(x, bias);
}

/** Per sample `[B]`; TensorFlow computes the gradient with the loss. */
function sparseSoftmaxCrossEntropy(logits: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  const operation = tf.customGrad((value, save) => {
    const [loss, gradient] = runNativeMany('SparseSoftmaxCrossEntropyWithLogits', {
      logits: value as tf.Tensor,
      labels,
    });
    if (!loss || !gradient) throw new Error('SparseSoftmaxCrossEntropyWithLogits has two outputs');
    (save as tf.GradSaveFunc)([gradient]);
    return {
      value: loss,
      gradFunc: (dy, saved) => {
        const [savedGradient] = saved;
        if (!savedGradient) throw new Error('a gradient lost its saved tensors');
        return tf.mul(savedGradient, tf.expandDims(dy, 1));
      },
    };
  });
  return operation(logits);
}
