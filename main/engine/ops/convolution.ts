import * as tf from '@tensorflow/tfjs-core';
import type { ConvOptions, Ops } from '#shared/nodes/ops.ts';
import { padConstant } from './arrays.ts';

type Pair = readonly [number, number];
type Convolutions = Pick<Ops, 'conv1d' | 'conv2d' | 'conv3d' | 'convTranspose2d' | 'depthwiseConv2d'>;

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
  const conv2d: Ops['conv2d'] = (x, kernel, { strides, padding, dilations = [1, 1], groups = 1 }) => {
    const spread = dilate(kernel, dilations);
    const convolve = (image: tf.Tensor, filter: tf.Tensor) =>
      plain(image as tf.Tensor4D, filter as tf.Tensor4D, [...strides], padding);
    if (groups === 1) return convolve(x, spread);
    const images = tf.split(x, groups, 3);
    const filters = tf.split(spread, groups, 3);
    return tf.concat(
      images.map((image, group) => convolve(image, filters[group] ?? spread)),
      3,
    );
  };
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
    conv3d: (x, kernel, { strides, padding }) =>
      tf.conv3d(x as tf.Tensor5D, kernel as tf.Tensor5D, [...strides], padding),
    convTranspose2d: (x, kernel, { strides, padding }) => {
      const [batch = 1, height = 1, width = 1] = x.shape;
      const [kernelHeight = 1, kernelWidth = 1, channels = 1] = kernel.shape;
      const size = (positions: number, window: number, stride: number) =>
        padding === 'same' ? positions * stride : (positions - 1) * stride + window;
      const shape: [number, number, number, number] = [
        batch,
        size(height, kernelHeight, strides[0]),
        size(width, kernelWidth, strides[1]),
        channels,
      ];
      return tf.conv2dTranspose(x as tf.Tensor4D, kernel as tf.Tensor4D, shape, [...strides], padding);
    },
    depthwiseConv2d: (x, kernel, { strides, padding, dilations = [1, 1] }) =>
      tf.depthwiseConv2d(x as tf.Tensor4D, dilate(kernel, dilations) as tf.Tensor4D, [...strides], padding),
  };
}

function rowOptions({ strides, padding, dilations, groups }: ConvOptions<number>): ConvOptions<Pair> {
  return {
    strides: [1, strides],
    padding,
    ...(dilations !== undefined && { dilations: [1, dilations] }),
    ...(groups !== undefined && { groups }),
  };
}

/** `[kh, kw, …]` with `d − 1` zeros after each tap but the last. */
function dilate(kernel: tf.Tensor, [down, across]: Pair): tf.Tensor {
  if (down === 1 && across === 1) return kernel;
  const [height = 1, width = 1, inputs = 1, outputs = 1] = kernel.shape;
  const apart = padConstant(tf.reshape(kernel, [height, 1, width, 1, inputs * outputs]), [
    [0, 0],
    [0, down - 1],
    [0, 0],
    [0, across - 1],
    [0, 0],
  ]);
  const spread = tf.reshape(apart, [height * down, width * across, inputs, outputs]);
  return tf.slice(spread, [0, 0, 0, 0], [(height - 1) * down + 1, (width - 1) * across + 1, inputs, outputs]);
}
