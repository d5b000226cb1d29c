import * as tf from '@tensorflow/tfjs-core';
import type { Ops } from '#shared/nodes/ops.ts';
import { averagePool } from './averagePool.ts';
import { channelMean } from './batchNorm.ts';

/** The closed list of operations in TensorFlow.js' own terms: right on every backend. */
export function createCoreOps(): Ops {
  return {
    scalar: (value) => tf.scalar(value, 'float32'),
    zeros: (shape) => tf.zeros([...shape]),
    ones: (shape) => tf.ones([...shape]),

    add: (a, b) => tf.add(a, b),
    sub: (a, b) => tf.sub(a, b),
    mul: (a, b) => tf.mul(a, b),
    div: (a, b) => tf.div(a, b),
    neg: (x) => tf.neg(x),
    abs: (x) => tf.abs(x),
    square: (x) => tf.square(x),
    sqrt: (x) => tf.sqrt(x),
    rsqrt: (x) => tf.rsqrt(x),
    exp: (x) => tf.exp(x),
    log: (x) => tf.log(x),
    floor: (x) => tf.floor(x),
    maximum: (a, b) => tf.maximum(a, b),
    minimum: (a, b) => tf.minimum(a, b),

    relu: (x) => tf.relu(x),
    leakyRelu: (x, alpha) => tf.leakyRelu(x, alpha),
    elu: (x) => tf.elu(x),
    selu: (x) => tf.selu(x),
    gelu: (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
    silu: (x) => tf.mul(x, tf.sigmoid(x)),
    softplus: (x) => tf.softplus(x),
    sigmoid: (x) => tf.sigmoid(x),
    tanh: (x) => tf.tanh(x),
    softmax: (x) => tf.softmax(x),
    logSoftmax: (x) => tf.logSoftmax(x),

    sum: (x, axes, keepDims) => tf.sum(x, axes && [...axes], keepDims),
    mean: (x, axes, keepDims) => tf.mean(x, axes && [...axes], keepDims),
    max: (x, axes, keepDims) => tf.max(x, axes && [...axes], keepDims),
    argMax: (x, axis) => tf.argMax(x, axis),

    matMul: (a, b) => tf.matMul(a, b),
    affine: (x, kernel, bias) => {
      const product = tf.matMul(x, kernel);
      return bias ? tf.add(product, bias) : product;
    },
    conv2d: (x, kernel, { strides, padding }) =>
      tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, [...strides], padding),
    maxPool2d: (x, { size, strides, padding }) =>
      tf.maxPool(x as tf.Tensor4D, [...size], [...strides], padding),
    averagePool2d: averagePool,
    batchNormTraining: (x, scale, offset, epsilon) => {
      const mean = channelMean(x);
      const centred = tf.sub(x, mean);
      const variance = channelMean(tf.square(centred));
      const y = tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon))), scale), offset);
      return { y, mean, variance };
    },
    batchNormInference: (x, { mean, variance }, scale, offset, epsilon) => {
      const factor = tf.mul(tf.rsqrt(tf.add(variance, epsilon)), scale);
      return tf.add(tf.mul(x, factor), tf.sub(offset, tf.mul(mean, factor)));
    },

    reshape: (x, shape) => tf.reshape(x, [...shape]),
    transpose: (x, permutation) => tf.transpose(x, [...permutation]),
    concat: (values, axis) => tf.concat([...values], axis),
    cast: (x, dtype) => tf.cast(x, dtype),
    oneHot: (indices, depth) => tf.oneHot(indices as tf.Tensor1D, depth, 1, 0, 'float32'),
    equal: (a, b) => tf.equal(a, b),
    greater: (a, b) => tf.greater(a, b),
    stopGradient,

    sparseSoftmaxCrossEntropy: (logits, labels) => {
      const classes = logits.shape.at(-1) ?? 1;
      const wanted = tf.oneHot(labels as tf.Tensor1D, classes, 1, 0, 'float32');
      return tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), wanted), -1));
    },
  };
}

function stopGradient(x: tf.Tensor): tf.Tensor {
  const stop = tf.customGrad((value) => {
    const input = value as tf.Tensor;
    return { value: tf.clone(input), gradFunc: () => tf.zerosLike(input) };
  });
  return stop(x);
}
