import type { Tensor } from '@tensorflow/tfjs-core';
import type { Ops } from './ops.ts';

/** Added to the score of a key that may not be looked at; its weight is zero in single precision. */
const HIDDEN = -1e9;

/** A mask as exactly 1 where there is something and 0 where there is padding; no gradient. */
export function binaryMask(ops: Ops, mask: Tensor): Tensor {
  return ops.cast(ops.greaterEqual(ops.stopGradient(mask), ops.scalar(0.5)), 'float32');
}

/** A mask (1 where there is something, 0 where there is padding) as what is added to scores; no gradient. */
export function hiddenScores(ops: Ops, mask: Tensor): Tensor {
  const hidden = ops.less(ops.stopGradient(mask), ops.scalar(0.5));
  return ops.mul(ops.cast(hidden, 'float32'), ops.scalar(HIDDEN));
}
