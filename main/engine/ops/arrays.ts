import * as tf from '@tensorflow/tfjs-core';
import type { Ops } from '#shared/nodes/ops.ts';
import { offTape } from './offTape.ts';
import { oneHot } from './oneHot.ts';

/** The largest along `axes`; of several equal ones each gets an equal share of the gradient. */
export function max(x: tf.Tensor, axes?: readonly number[], keepDims = false): tf.Tensor {
  const over = axes ?? x.shape.map((_, axis) => axis);
  const operation = tf.customGrad((value, save) => {
    const input = value as tf.Tensor;
    (save as tf.GradSaveFunc)([input]);
    return {
      value: tf.max(input, [...over], keepDims),
      gradFunc: (dy, saved) => {
        const [savedX] = saved;
        if (!savedX) throw new Error('a gradient lost its saved tensors');
        const largest = tf.max(savedX, [...over], true);
        const mask = asFloat(tf.equal(savedX, largest));
        const share = tf.div(mask, tf.sum(mask, [...over], true));
        return tf.mul(tf.reshape(dy, largest.shape), share);
      },
    };
  });
  return operation(x);
}

export function logSumExp(x: tf.Tensor, axes?: readonly number[], keepDims = false): tf.Tensor {
  return tf.logSumExp(x, axes && [...axes], keepDims);
}

/** Values and int32 indices of the k largest; the values by a product that differentiates. */
export function topK(x: tf.Tensor, k: number): { values: tf.Tensor; indices: tf.Tensor } {
  const indices = offTape(() => tf.topk(x, k, true).indices);
  const picked = oneHot(tf.cast(indices, 'int32'), x.shape.at(-1) ?? 1);
  return { values: tf.sum(tf.mul(tf.expandDims(x, -2), picked), -1), indices };
}

export const cumulativeSum: Ops['cumulativeSum'] = (x, axis, { exclusive = false, reverse = false } = {}) => {
  const place = axis < 0 ? axis + x.rank : axis;
  if (tf.getBackend() !== 'webgpu') return tf.cumsum(x, place, exclusive, reverse);
  // WebGPU's kernel is wrong in reverse: a product with a table of what counts.
  const length = x.shape[place] ?? 1;
  const counts = (from: number, to: number): boolean =>
    (from === to && !exclusive) || (reverse ? from > to : from < to);
  const table = new Float32Array(length * length);
  for (let to = 0; to < length; to += 1) {
    for (let from = 0; from < length; from += 1) table[to * length + from] = counts(from, to) ? 1 : 0;
  }
  const columns = tf.reshape(x, [
    product(x.shape.slice(0, place)),
    length,
    product(x.shape.slice(place + 1)),
  ]);
  return tf.reshape(tf.matMul(tf.tensor(table, [1, length, length]), columns), x.shape);
};

export const pad: Ops['pad'] = (x, paddings, mode, value = 0) => {
  if (mode === 'constant') return padConstant(x, paddings, value);
  // TensorFlow.js has no gradient of MirrorPad: the edges are cut out, turned round and put on.
  return paddings.reduce((padded, [before, after], axis) => {
    if (before === 0 && after === 0) return padded;
    const skip = mode === 'reflect' ? 1 : 0;
    const size = padded.shape[axis] ?? 0;
    const part = (start: number, count: number): tf.Tensor => {
      const begin = padded.shape.map((_, other) => (other === axis ? start : 0));
      const extent = padded.shape.map((dim, other) => (other === axis ? count : dim));
      return tf.reverse(tf.slice(padded, begin, extent), [axis]);
    };
    const parts: tf.Tensor[] = [padded];
    if (before > 0) parts.unshift(part(skip, before));
    if (after > 0) parts.push(part(size - skip - after, after));
    return tf.concat(parts, axis);
  }, x);
};

/** With more than four axes one after another: WebGPU's kernel ends at four. */
export function padConstant(
  x: tf.Tensor,
  paddings: readonly (readonly [number, number])[],
  value = 0,
): tf.Tensor {
  if (x.rank <= 4)
    return tf.pad(
      x,
      paddings.map(([before, after]) => [before, after]),
      value,
    );
  return paddings.reduce((padded, [before, after], axis) => {
    if (before === 0 && after === 0) return padded;
    const shape = padded.shape.map((size, other) => (other === axis ? size + before + after : size));
    const flat = tf.reshape(padded, [product(shape.slice(0, axis)), padded.shape[axis] ?? 1, -1]);
    return tf.reshape(
      tf.pad(
        flat,
        [
          [0, 0],
          [before, after],
          [0, 0],
        ],
        value,
      ),
      shape,
    );
  }, x);
}

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);

/** 0 and 1 as numbers. WebGPU's cast leaves them integers under another name, which not every kernel can read. */
export const asFloat = (x: tf.Tensor): tf.Tensor => tf.mul(tf.cast(x, 'float32'), 1);

/** Gradients of every rank: TensorFlow.js' own stops at four. */
export const tile: Ops['tile'] = (x, repeats) =>
  repeats.reduce(
    (tiled, count, axis) => (count === 1 ? tiled : tf.concat(new Array<tf.Tensor>(count).fill(tiled), axis)),
    x,
  );

/** Source row of each target row, with half-pixel centres. */
function sourcePositions(from: number, to: number): number[] {
  return Array.from({ length: to }, (_, index) => ((index + 0.5) * from) / to - 0.5);
}

/** One matrix product for each axis, so that the gradient is right on every backend. */
export function resize(
  x: tf.Tensor,
  [height, width]: readonly [number, number],
  method: 'nearest' | 'bilinear',
): tf.Tensor {
  const [batch = 1, oldHeight = 1, oldWidth = 1, channels = 1] = x.shape;
  const rows = interpolation(oldHeight, height, method);
  const columns = interpolation(oldWidth, width, method);
  const down = tf.matMul(rows, tf.reshape(x, [batch, oldHeight, oldWidth * channels]));
  return tf
    .matMul(columns, tf.reshape(down, [batch * height, oldWidth, channels]))
    .reshape([batch, height, width, channels]);
}

/** `[1, to, from]`. */
function interpolation(from: number, to: number, method: 'nearest' | 'bilinear'): tf.Tensor {
  const values = new Float32Array(to * from);
  for (const [row, position] of sourcePositions(from, to).entries()) {
    if (method === 'nearest') {
      values[row * from + Math.min(from - 1, Math.floor(((row + 0.5) * from) / to))] = 1;
      continue;
    }
    const clamped = Math.min(Math.max(position, 0), from - 1);
    const low = Math.floor(clamped);
    const high = Math.min(low + 1, from - 1);
    const share = clamped - low;
    values[row * from + low] = (values[row * from + low] ?? 0) + 1 - share;
    values[row * from + high] = (values[row * from + high] ?? 0) + share;
  }
  return tf.tensor(values, [1, to, from]);
}

export function depthToSpace(x: tf.Tensor, block: number): tf.Tensor {
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  const depth = channels / (block * block);
  const apart = tf.reshape(x, [batch, height, width, block, block, depth]);
  return tf.reshape(tf.transpose(apart, [0, 1, 3, 2, 4, 5]), [batch, height * block, width * block, depth]);
}

/** The same value as a tensor that no tape knows. */
export function stopGradient(x: tf.Tensor): tf.Tensor {
  const engine = tf.engine();
  engine.backend.incRef(x.dataId);
  return engine.makeTensorFromTensorInfo({ dataId: x.dataId, shape: x.shape, dtype: x.dtype });
}

/** x forward, −factor·gradient backward. */
export function reverseGradient(x: tf.Tensor, factor: number): tf.Tensor {
  const reverse = tf.customGrad((value) => ({
    value: tf.clone(value as tf.Tensor),
    gradFunc: (dy) => tf.mul(dy, -factor),
  }));
  return reverse(x);
}
