import * as tf from '@tensorflow/tfjs-core';
import type { Convolve } from './convolution.ts';
import { fused, part } from './fused.ts';
import { runNative } from './nativeKernels.ts';

/** Images of more channels are left to TensorFlow, whose blocks they fill. */
const FEW = 4;

/**
 * A convolution whose gradients, where the image has few channels (the first layer's, a generator's picture), are
 * the addon's kernels (`main/engine/addon/kernels/convolution.h`).
 */
export const kernelConvolve: Convolve = (x, filter, strides, padding) => {
  if (x.shape[3] > FEW) return tf.conv2d(x, filter, strides, padding);
  const { padInfo } = tf.backend_util.computeConv2DInfo(x.shape, filter.shape, strides, 1, padding);
  const [down, across] = strides;
  const attributes = { down, across, top: padInfo.top, left: padInfo.left };
  const convolve = (inputs: readonly tf.Tensor[]) =>
    tf.conv2d(part(inputs, 0) as tf.Tensor4D, part(inputs, 1) as tf.Tensor4D, strides, padding);
  return fused(
    [x, filter],
    (inputs) => ({
      value: convolve(inputs),
      keep: inputs,
      backward: (dy, kept) => {
        const given = { x: part(kept, 0), filter: part(kept, 1), dy };
        return [
          runNative('NeuroloomImageGrad', given, attributes),
          runNative('NeuroloomFilterGrad', given, attributes),
        ];
      },
    }),
    convolve,
  );
};
