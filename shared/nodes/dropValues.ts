import type { Tensor } from '@tensorflow/tfjs-core';
import type { ForwardContext } from './defineNode.ts';

/** Inverted dropout of single numbers, in training only (Srivastava et al. 2014). */
export function dropValues({ ops, training, random }: ForwardContext, x: Tensor, rate: number): Tensor {
  if (!training || rate === 0) return x;
  const kept = ops.greater(random.uniform(x.shape), ops.scalar(rate));
  return ops.mul(ops.mul(x, ops.scalar(1 / (1 - rate))), ops.cast(kept, 'float32'));
}
