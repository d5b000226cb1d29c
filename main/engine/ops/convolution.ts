import * as tf from '@tensorflow/tfjs-core';
import type { ConvOptions, Ops } from '#shared/nodes/ops.ts';
import { padConstant } from './arrays.ts';

type Pair = readonly [number, number];
type Convolutions = Pick<
  Ops,
  'conv1d' | 'conv2d' | 'conv3d' | 'convTranspose2d' | 'convTranspose3d' | 'depthwiseConv2d'
>;

/** A plain convolution of images: no groups, nothing dilated. */
export type Convolve = (
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  strides: [number, number],
  padding: 'same' | 'valid',
) => tf.Tensor;

/**
 * Convolutions that differentiate everywhere. TensorFlow.js has no gradient of a dilated one and no
 * grouped one: a dilated kernel is written out with zeros between its taps, groups are split.
 */
export function convolutionOps(plain: Convolve = tf.conv2d): Convolutions {
  const conv2d: Ops['conv2d'] = (x, kernel, { strides, padding, dilations = [1, 1], groups = 1 }) =>
    inGroups(x, dilate(kernel, dilations), groups, (image, filter) =>
      plain(image as tf.Tensor4D, filter as tf.Tensor4D, [...strides], padding),
    );
  return {
    conv1d: (x, kernel, options) => {
      const [batch = 1, steps = 1, channels = 1] = x.shape;
      const [size = 1, inputs = 1, outputs = 1] = kernel.shape;
      const y = conv2d(
        tf.reshape(x, [batch, 1, steps, channels]),
        tf.reshape(kernel, [1, size, inputs, outputs]),
        rowOptions(options),
      );
      return tf.squeeze(y, [1]);
    },
    conv2d,
    conv3d: (x, kernel, { strides, padding, dilations = [1, 1, 1], groups = 1 }) =>
      inGroups(x, dilate(kernel, dilations), groups, (volume, filter) => {
        const sparse = padding === 'same' && isSparse(filter, strides);
        const input = sparse ? padConstant(volume, sameBorders(volume.shape, filter, strides)) : volume;
        return tf.conv3d(
          input as tf.Tensor5D,
          filter as tf.Tensor5D,
          [...strides],
          sparse ? 'valid' : padding,
        );
      }),
    convTranspose2d: (x, kernel, { strides, padding }) => {
      const shape = transposedShape(x, kernel, strides, padding) as [number, number, number, number];
      return tf.conv2dTranspose(x as tf.Tensor4D, kernel as tf.Tensor4D, shape, [...strides], padding);
    },
    convTranspose3d: (x, kernel, { strides, padding }) => {
      const run = (pad: 'same' | 'valid') =>
        tf.conv3dTranspose(
          x as tf.Tensor5D,
          kernel as tf.Tensor5D,
          transposedShape(x, kernel, strides, pad) as [number, number, number, number, number],
          [...strides],
          pad,
        );
      if (padding === 'valid' || !isSparse(kernel, strides)) return run(padding);
      return cutOrFill(run('valid'), transposedShape(x, kernel, strides, 'same'), kernel, strides);
    },
    depthwiseConv2d: (x, kernel, { strides, padding, dilations = [1, 1] }) => {
      const filter = dilate(kernel, dilations) as tf.Tensor4D;
      const [down, across] = strides;
      if (down === across) return tf.depthwiseConv2d(x as tf.Tensor4D, filter, [down, across], padding);
      // Of TensorFlow's kernels only oneDNN's take two strides: the rest get what both have in common, and some places are left out.
      const stride = commonDivisor(down, across);
      const image = padding === 'same' ? padConstant(x, sameBorders(x.shape, filter, strides)) : x;
      const y = tf.depthwiseConv2d(image as tf.Tensor4D, filter, [stride, stride], 'valid');
      return everyOf(everyOf(y, 1, down / stride), 2, across / stride);
    },
  };
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

/** Places 0, step, 2·step, … of an axis. */
function everyOf(x: tf.Tensor, axis: number, step: number): tf.Tensor {
  if (step === 1) return x;
  const size = x.shape[axis] ?? 1;
  const count = Math.ceil(size / step);
  const whole = padConstant(
    x,
    x.shape.map((_, other): Pair => [0, other === axis ? count * step - size : 0]),
  );
  const after = product(x.shape.slice(axis + 1));
  const parts = tf.reshape(whole, [product(x.shape.slice(0, axis)) * count, step * after]);
  return tf.reshape(
    tf.slice(parts, [0, 0], [-1, after]),
    x.shape.map((other, at) => (at === axis ? count : other)),
  );
}

function rowOptions({ strides, padding, dilations, groups }: ConvOptions<number>): ConvOptions<Pair> {
  return {
    strides: [1, strides],
    padding,
    ...(dilations !== undefined && { dilations: [1, dilations] }),
    ...(groups !== undefined && { groups }),
  };
}

/** Each group of channels by its own filters. */
function inGroups(
  x: tf.Tensor,
  kernel: tf.Tensor,
  groups: number,
  convolve: (x: tf.Tensor, kernel: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  if (groups === 1) return convolve(x, kernel);
  const filters = tf.split(kernel, groups, kernel.rank - 1);
  const parts = tf.split(x, groups, x.rank - 1);
  return tf.concat(
    parts.map((part, group) => convolve(part, filters[group] ?? kernel)),
    x.rank - 1,
  );
}

/**
 * Whether windows leave gaps: with `same` padding TensorFlow.js then counts a border of less than nothing in
 * three dimensions (4.22), where TensorFlow has none.
 */
const isSparse = (kernel: tf.Tensor, strides: readonly number[]): boolean =>
  strides.some((stride, axis) => stride > (kernel.shape[axis] ?? 1));

/** The border of zeros that `same` puts around `[B, …, C]`: TensorFlow's rule, the odd one after. */
function sameBorders(
  shape: readonly number[],
  kernel: tf.Tensor,
  strides: readonly number[],
): [number, number][] {
  const borders = strides.map((stride, axis): [number, number] => {
    const size = shape[axis + 1] ?? 1;
    const total = Math.max((Math.ceil(size / stride) - 1) * stride + (kernel.shape[axis] ?? 1) - size, 0);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  });
  return [[0, 0], ...borders, [0, 0]];
}

/** What `same` leaves of a whole transposed convolution y: cut where windows hang over, zeros in the gaps at the end. */
function cutOrFill(
  y: tf.Tensor,
  shape: readonly number[],
  kernel: tf.Tensor,
  strides: readonly number[],
): tf.Tensor {
  const borders = sameBorders(shape, kernel, strides);
  const begin = borders.map(([before]) => before);
  const size = shape.map((wanted, axis) => Math.min(wanted, (y.shape[axis] ?? 1) - (begin[axis] ?? 0)));
  return padConstant(
    tf.slice(y, begin, size),
    shape.map((wanted, axis): [number, number] => [0, wanted - (size[axis] ?? wanted)]),
  );
}

/** `[B, …, Cout]` after a transposed convolution of x `[B, …, Cin]` by a kernel `[…, Cout, Cin]`. */
function transposedShape(
  x: tf.Tensor,
  kernel: tf.Tensor,
  strides: readonly number[],
  padding: 'same' | 'valid',
): number[] {
  const places = strides.map((stride, axis) => {
    const count = x.shape[axis + 1] ?? 1;
    return padding === 'same' ? count * stride : (count - 1) * stride + (kernel.shape[axis] ?? 1);
  });
  return [x.shape[0] ?? 1, ...places, kernel.shape[strides.length] ?? 1];
}

/** `[kh, kw, …]` with `d − 1` zeros after each tap but the last, axis by axis. */
function dilate(kernel: tf.Tensor, dilations: readonly number[]): tf.Tensor {
  return dilations.reduce((spread, dilation, axis) => {
    if (dilation === 1) return spread;
    const { shape } = spread;
    const size = shape[axis] ?? 1;
    const before = product(shape.slice(0, axis));
    const after = product(shape.slice(axis + 1));
    const apart = padConstant(tf.reshape(spread, [before, size, 1, after]), [
      [0, 0],
      [0, 0],
      [0, dilation - 1],
      [0, 0],
    ]);
    const wide = tf.reshape(apart, [before, size * dilation, after]);
    const length = (size - 1) * dilation + 1;
    return tf.reshape(
      tf.slice(wide, [0, 0, 0], [before, length, after]),
      shape.map((other, at) => (at === axis ? length : other)),
    );
  }, kernel);
}

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);
