import * as tf from '@tensorflow/tfjs-core';
import type { Ops } from '#shared/nodes/ops.ts';
import { createCoreOps } from './coreOps.ts';

/** π in three parts, each short enough for its product with a small whole number to be exact. */
const PI_PARTS = [3.140625, 9.675025939941406e-4, 1.5099579909783765e-7] as const;
/** Taylor's coefficients of sin(r)/r in r², to r¹²: below 6e-8 for |r| ≤ π/2. */
const SINE = [1, -1 / 6, 1 / 120, -1 / 5040, 1 / 362_880, -1 / 39_916_800, 1 / 6_227_020_800] as const;

/**
 * The closed list of operations on WebGPU. Its shading language asks no more of sine and cosine than an
 * error of 2⁻¹¹ (WGSL, "Accuracy of Built-in Functions"), too little for positions and times.
 */
export function createWebGpuOps(): Ops {
  return { ...createCoreOps(), sin: sine, cos: (x) => sine(tf.add(x, Math.PI / 2)) };
}

/** sin(x) = (−1)ᵏ·sin(x − k·π), with x − k·π within ±π/2. */
function sine(x: tf.Tensor): tf.Tensor {
  const turns = tf.floor(tf.add(tf.mul(x, 1 / Math.PI), 0.5));
  const odd = tf.sub(turns, tf.mul(tf.floor(tf.mul(turns, 0.5)), 2));
  const rest = PI_PARTS.reduce<tf.Tensor>((left, part) => tf.sub(left, tf.mul(turns, part)), x);
  const square = tf.square(rest);
  const series = SINE.reduceRight<tf.Tensor>(
    (sum, coefficient) => tf.add(tf.mul(sum, square), coefficient),
    tf.zerosLike(square),
  );
  return tf.mul(tf.mul(rest, series), tf.sub(1, tf.mul(odd, 2)));
}
