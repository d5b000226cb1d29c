import type { Tensor } from '@tensorflow/tfjs-core';
import type { ForwardContext } from './defineNode.ts';

/** Inverted dropout of single numbers, in training only (Srivastava et al. 2014). */
export function dropValues({ training, random }: ForwardContext, x: Tensor, rate: number): Tensor {
  if (!training || rate === 0) return x;
  return random.dropped(x, rate);
}
