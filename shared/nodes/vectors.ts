import type { Tensor } from '@tensorflow/tfjs-core';
import type { Ops } from './ops.ts';

/** Squared length below which a vector counts as zero. */
const SMALLEST_SQUARE = 1e-12;

/** Vectors of the last axis divided by their length; zero stays zero. */
export function unitVectors(ops: Ops, x: Tensor, epsilon = SMALLEST_SQUARE): Tensor {
  const squares = ops.sum(ops.square(x), [x.shape.length - 1], true);
  return ops.mul(x, ops.rsqrt(ops.maximum(squares, ops.scalar(epsilon))));
}
