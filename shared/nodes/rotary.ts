import type { Tensor } from '@tensorflow/tfjs-core';
import type { Ops } from './ops.ts';

/** 0, 1, … count − 1 as a float32 `[count]`. */
export function countUp(ops: Ops, count: number): Tensor {
  return ops.cumulativeSum(ops.ones([count]), 0, { exclusive: true });
}

/**
 * Angles `[T, pairs]` of sinusoidal position codes: position / 10000^(pair / pairs)
 * (Vaswani et al. 2017, section 3.5).
 */
export function positionAngles(ops: Ops, positions: Tensor, pairs: number): Tensor {
  const rates = ops.exp(ops.mul(countUp(ops, pairs), ops.scalar(-Math.log(10_000) / pairs)));
  return ops.mul(ops.reshape(positions, [-1, 1]), ops.reshape(rates, [1, pairs]));
}

/**
 * Turns the pairs (i, i + D/2) of q or k `[B, T, H, D]` by an angle that grows with the position, so
 * that a product of two depends on their distance alone (Su et al. 2021; halves as in GPT-NeoX).
 */
export function rotate(ops: Ops, x: Tensor): Tensor {
  const [, steps = 1, , size = 2] = x.shape;
  const angles = ops.reshape(positionAngles(ops, countUp(ops, steps), size / 2), [steps, 1, size / 2]);
  const cos = ops.cos(angles);
  const sin = ops.sin(angles);
  const [left, right] = ops.split(x, [size / 2, size / 2], 3);
  if (!left || !right) throw new Error('rotate: nothing to turn');
  return ops.concat(
    [ops.sub(ops.mul(left, cos), ops.mul(right, sin)), ops.add(ops.mul(right, cos), ops.mul(left, sin))],
    3,
  );
}

/**
 * ALiBi (Press, Smith and Lewis 2022): −slope·distance for each head, `[1, H, Tq, Tk]`, with slopes
 * 2^(−8h/H) for h = 1 … H. The last query stands at the last key.
 */
export function distanceBias(ops: Ops, heads: number, queries: number, keys: number): Tensor {
  const query = ops.add(countUp(ops, queries), ops.scalar(keys - queries));
  const distance = ops.abs(
    ops.sub(ops.reshape(query, [queries, 1]), ops.reshape(countUp(ops, keys), [1, keys])),
  );
  const head = ops.add(countUp(ops, heads), ops.scalar(1));
  const slopes = ops.exp(ops.mul(head, ops.scalar((-8 * Math.LN2) / heads)));
  return ops.neg(
    ops.mul(ops.reshape(slopes, [1, heads, 1, 1]), ops.reshape(distance, [1, 1, queries, keys])),
  );
}
