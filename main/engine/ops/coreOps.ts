import * as tf from '@tensorflow/tfjs-core';
import type { Ops } from '#shared/nodes/ops.ts';
import {
  asFloat,
  cumulativeSum,
  depthToSpace,
  logSumExp,
  max,
  pad,
  resize,
  reverseGradient,
  stopGradient,
  tile,
  topK,
} from './arrays.ts';
import { attention, composedAttention } from './attention.ts';
import { averagePool } from './averagePool.ts';
import { channelMean } from './batchNorm.ts';
import { broadcasting } from './broadcast.ts';
import { convolutionOps } from './convolution.ts';
import { einsum } from './einsum.ts';
import { registerGradients } from './gradients.ts';
import { offTape } from './offTape.ts';
import { oneHot } from './oneHot.ts';
import { recurrentOps } from './recurrent.ts';
import { registerCpuSegmentMax, segmentMax } from './segmentMax.ts';
import { tapeGradient } from './tapeGradient.ts';

/** The closed list of operations in TensorFlow.js' own terms: right on every backend. */
export function createCoreOps(): Ops {
  registerGradients();
  registerCpuSegmentMax();
  const gather: Ops['gather'] = (x, indices, axis) => tf.gather(x, indices as tf.Tensor1D, axis);
  const segmentSum: Ops['segmentSum'] = (x, segments, count) =>
    tf.unsortedSegmentSum(x, segments as tf.Tensor1D, count);
  const affine: Ops['affine'] = (x, kernel, bias) => {
    const product = matMul(x, kernel);
    return bias ? tf.add(product, bias) : product;
  };
  return {
    scalar: (value) => tf.scalar(value, 'float32'),
    zeros: (shape) => tf.zeros([...shape]),
    ones: (shape) => tf.ones([...shape]),

    add: broadcasting(tf.add),
    sub: broadcasting(tf.sub),
    mul: broadcasting(tf.mul),
    div: broadcasting(tf.div),
    neg: (x) => tf.neg(x),
    abs: (x) => tf.abs(x),
    square: (x) => tf.square(x),
    sqrt: (x) => tf.sqrt(x),
    rsqrt: (x) => tf.rsqrt(x),
    exp: (x) => tf.exp(x),
    log: (x) => tf.log(x),
    floor: (x) => tf.floor(x),
    round: (x) => tf.round(x),
    sign: (x) => tf.sign(x),
    sin: (x) => tf.sin(x),
    cos: (x) => tf.cos(x),
    erf: (x) => tf.erf(x),
    log1p: (x) => tf.log1p(x),
    expm1: (x) => tf.expm1(x),
    pow: (base, exponent) => tf.pow(base, exponent),
    clip: (x, min, max) => tf.clipByValue(x, min, max),
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
    max,
    min: (x, axes, keepDims) => tf.neg(max(tf.neg(x), axes, keepDims)),
    logSumExp,
    cumulativeSum,
    argMax: (x, axis) => offTape(() => tf.argMax(x, axis)),
    topK,

    matMul,
    affine,
    einsum: (equation, operands) => einsum(equation, operands, matMul),
    ...convolutionOps(),
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

    layerNorm,
    rmsNorm,
    attention: (args) =>
      attention(
        args,
        composedAttention((x) => tf.softmax(x)),
      ),
    ...recurrentOps({
      matMul,
      affine,
      sigmoid: (x) => tf.sigmoid(x),
      tanh: (x) => tf.tanh(x),
      relu: (x) => tf.relu(x),
    }),

    reshape: (x, shape) => tf.reshape(x, [...shape]),
    transpose: (x, permutation) => tf.transpose(x, [...permutation]),
    concat: (values, axis) => tf.concat([...values], axis),
    stack: (values, axis) => tf.stack([...values], axis),
    unstack: (x, axis) => tf.unstack(x, axis),
    slice: (x, begin, size) => tf.slice(x, [...begin], [...size]),
    split: (x, sizes, axis) => tf.split(x, [...sizes], axis),
    pad,
    tile,
    // TensorFlow.js' own goes through its tile, whose gradient stops at four axes.
    broadcastTo: (x, shape) => tf.add(x, tf.zeros([...shape], x.dtype)),
    reverse: (x, axes) => tf.reverse(x, [...axes]),
    gather,
    segmentSum,
    segmentMax: (x, segments, count) => segmentMax(x, segments, count, { segmentSum, gather }),
    resizeNearest: (x, size) => resize(x, size, 'nearest'),
    resizeBilinear: (x, size) => resize(x, size, 'bilinear'),
    depthToSpace,
    cast: (x, dtype) => {
      if (dtype !== 'float32') return offTape(() => tf.cast(x, dtype));
      return x.dtype === 'float32' ? tf.clone(x) : asFloat(x);
    },
    oneHot: (indices, depth) => oneHot(indices, depth),
    equal: (a, b) => offTape(() => tf.equal(a, b)),
    notEqual: (a, b) => offTape(() => tf.notEqual(a, b)),
    greater: (a, b) => offTape(() => tf.greater(a, b)),
    greaterEqual: (a, b) => offTape(() => tf.greaterEqual(a, b)),
    less: (a, b) => offTape(() => tf.less(a, b)),
    lessEqual: (a, b) => offTape(() => tf.lessEqual(a, b)),
    logicalAnd: (a, b) => offTape(() => tf.logicalAnd(a, b)),
    logicalOr: (a, b) => offTape(() => tf.logicalOr(a, b)),
    logicalNot: (x) => offTape(() => tf.logicalNot(x)),
    select,
    stopGradient,
    reverseGradient,
    gradient: tapeGradient,

    sparseSoftmaxCrossEntropy: (logits, labels) => {
      const classes = logits.shape.at(-1) ?? 1;
      const wanted = oneHot(labels, classes);
      return tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), wanted), -1));
    },
    sigmoidCrossEntropy: sigmoidCrossEntropyBy(tf.softplus),
  };
}

/** −log σ(x) = softplus(−x), which stays finite for every logit. */
export const sigmoidCrossEntropyBy =
  (softplus: (x: tf.Tensor) => tf.Tensor): Ops['sigmoidCrossEntropy'] =>
  (logits, targets, positive) => {
    const yes = positive === 1 ? targets : tf.mul(targets, positive);
    const no = tf.sub(1, targets);
    return tf.add(tf.mul(yes, softplus(tf.neg(logits))), tf.mul(no, softplus(logits)));
  };

/** Beyond four axes what stretches is added to zeros: TensorFlow.js' own stretching has no gradient there. */
const select: Ops['select'] = (condition, a, b) => {
  const shapes = [condition, a, b].map(({ shape }) => shape);
  const shape = shapes.reduce((all, one) => tf.broadcast_util.assertAndGetBroadcastShape(all, one));
  if (shape.length < 5) return tf.where(condition, a, b);
  // In one row, and truths stretched as numbers: WebGPU neither chooses nor tiles over so many axes.
  const row = (x: tf.Tensor): tf.Tensor =>
    tf.reshape(
      tf.util.arraysEqual(x.shape, shape) ? x : broadcasting(tf.add)(x, tf.zeros(shape, x.dtype)),
      [-1],
    );
  const truth = tf.greater(row(tf.cast(condition, 'float32')), 0.5);
  return tf.reshape(tf.where(truth, row(a), row(b)), shape);
};

/** A matrix on the right serves every leading axis of a. */
function matMul(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  if (a.rank <= 2 || b.rank !== 2) return tf.matMul(a, b);
  const rows = tf.reshape(a, [-1, a.shape.at(-1) ?? 1]);
  return tf.reshape(tf.matMul(rows, b), [...a.shape.slice(0, -1), b.shape[1] ?? 1]);
}

const layerNorm: Ops['layerNorm'] = (x, scale, offset, epsilon) => {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  const y = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
  const scaled = scale ? tf.mul(y, scale) : y;
  return offset ? tf.add(scaled, offset) : scaled;
};

const rmsNorm: Ops['rmsNorm'] = (x, scale, epsilon) => {
  const y = tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), epsilon)));
  return scale ? tf.mul(y, scale) : y;
};
