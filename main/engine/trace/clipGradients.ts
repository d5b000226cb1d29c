import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerSettings } from '#shared/nodes/optimizerSettings.ts';

/** Limits the gradients of one update by the formulas of torch.nn.utils' clip_grad_value_ and clip_grad_norm_. */
export function clipGradients(
  gradients: readonly tf.Tensor[],
  { clipping, clipAt }: Pick<OptimizerSettings, 'clipping' | 'clipAt'>,
): tf.Tensor[] {
  switch (clipping) {
    case 'none':
      return [...gradients];
    case 'value':
      return gradients.map((gradient) => tf.clipByValue(gradient, -clipAt, clipAt));
    case 'norm':
      return gradients.map((gradient) => tf.mul(gradient, shrinkage(squares(gradient), clipAt)));
    case 'global-norm': {
      const [first, ...rest] = gradients.map(squares);
      if (!first) return [];
      const factor = shrinkage(
        rest.reduce((sum, value) => tf.add(sum, value), first),
        clipAt,
      );
      return gradients.map((gradient) => tf.mul(gradient, factor));
    }
  }
}

const squares = (gradient: tf.Tensor): tf.Tensor => tf.sum(tf.square(gradient));

/** PyTorch adds 1e-6 to the norm, so that a gradient of zero stays what it is. */
const shrinkage = (squareSum: tf.Tensor, limit: number): tf.Tensor =>
  tf.minimum(tf.div(tf.scalar(limit), tf.add(tf.sqrt(squareSum), 1e-6)), 1);
