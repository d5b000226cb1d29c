import * as tf from '@tensorflow/tfjs-core';

export interface BatchNormResult {
  readonly y: tf.Tensor;
  readonly mean: tf.Tensor;
  /** Biased: the mean of the squared distances. */
  readonly variance: tf.Tensor;
}

/**
 * Mean of each channel, `[…, C]` → `[C]`, one axis after another. TensorFlow's kernels (its fused
 * batch normalisation as well) add a channel's values up one by one in single precision: over the
 * 25,000 pixels of a batch of 28×28 images their variance is off by 1e-4. Short sums of short sums
 * keep it at the last digit.
 */
export function channelMean(x: tf.Tensor): tf.Tensor {
  let mean = x;
  for (let axis = x.rank - 2; axis >= 0; axis -= 1) mean = tf.mean(mean, axis);
  return mean;
}

/**
 * Batch normalisation of a training step over the last axis, `[…, C]` → the same shape (Ioffe and
 * Szegedy 2015), with the gradient in closed form: half the passes over the data that automatic
 * differentiation takes. First-order gradients only.
 */
export function batchNormTraining(
  x: tf.Tensor,
  scale: tf.Tensor,
  offset: tf.Tensor,
  epsilon: number,
): BatchNormResult {
  const count = x.size / (x.shape.at(-1) ?? 1);
  let moments: Omit<BatchNormResult, 'y'> | undefined;
  const operation = tf.customGrad((input, factor, shift, save) => {
    const mean = channelMean(input as tf.Tensor);
    const centred = tf.sub(input as tf.Tensor, mean);
    const variance = channelMean(tf.square(centred));
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    const slope = tf.mul(inverse, factor as tf.Tensor);
    moments = { mean: tf.keep(mean), variance: tf.keep(variance) };
    (save as tf.GradSaveFunc)([centred, inverse, slope]);
    return {
      value: tf.add(tf.mul(centred, slope), shift as tf.Tensor),
      gradFunc: (dy, saved) => {
        const [savedCentred, savedInverse, savedSlope] = saved;
        if (!savedCentred || !savedInverse || !savedSlope) {
          throw new Error('a gradient lost its saved tensors');
        }
        const meanDy = channelMean(dy);
        const pull = channelMean(tf.mul(dy, savedCentred));
        const along = tf.mul(savedCentred, tf.mul(pull, tf.square(savedInverse)));
        return [
          tf.mul(tf.sub(tf.sub(dy, meanDy), along), savedSlope),
          tf.mul(tf.mul(pull, savedInverse), count),
          tf.mul(meanDy, count),
        ];
      },
    };
  });
  const y = operation(x, scale, offset);
  if (!moments) throw new Error('batch normalisation gave no moments');
  return { y, ...moments };
}
