import * as tf from '@tensorflow/tfjs-core';

/**
 * Of each window of a max pooling what `values` has at the place of the largest: `[B, H, W, C]` →
 * `[B, H', W', C]`. This is the gradient of the pooling's gradient.
 */
export function maxPoolPick(
  values: tf.Tensor,
  input: tf.Tensor,
  output: tf.Tensor,
  attributes: Readonly<Record<string, unknown>>,
): tf.Tensor {
  const native = tf.getKernel('MaxPoolGradGrad', tf.getBackend()) !== undefined;
  if (native) {
    return tf.engine().runKernel('MaxPoolGradGrad', { input, output, values }, {
      ...attributes,
    } as tf.NamedAttrMap);
  }
  const { filterSize, strides, pad } = attributes as unknown as {
    filterSize: [number, number];
    strides: [number, number];
    pad: 'same' | 'valid';
  };
  const [, height = 1, width = 1] = output.shape;
  const info = tf.backend_util.computePool2DInfo(
    input.shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
  );
  const { top, bottom, left, right } = info.padInfo;
  const padded = (x: tf.Tensor, value: number) =>
    tf.pad(
      x,
      [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ],
      value,
    ) as tf.Tensor4D;
  const wide = padded(input, Number.NEGATIVE_INFINITY);
  const wideValues = padded(values, 0);
  let picked: tf.Tensor = tf.zerosLike(output);
  let free: tf.Tensor = tf.onesLike(output);
  for (let row = 0; row < info.filterHeight; row += 1) {
    for (let column = 0; column < info.filterWidth; column += 1) {
      const at = (x: tf.Tensor4D): tf.Tensor =>
        tf.stridedSlice(
          x,
          [0, row, column, 0],
          [
            x.shape[0],
            row + (height - 1) * info.strideHeight + 1,
            column + (width - 1) * info.strideWidth + 1,
            x.shape[3],
          ],
          [1, info.strideHeight, info.strideWidth, 1],
        );
      // Of several equal ones the first.
      const here = tf.mul(tf.cast(tf.equal(at(wide), output), 'float32'), free);
      free = tf.sub(free, here);
      picked = tf.add(picked, tf.mul(here, at(wideValues)));
    }
  }
  return picked;
}
