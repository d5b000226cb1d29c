import * as tf from '@tensorflow/tfjs-core';
import type { UpdateOps } from '#shared/nodes/ops.ts';

/** A number that changes from update to update: `update` counts the optimiser's own, from 1. */
export type UpdateScalar = (update: number, learningRate: number) => number;

export interface FormulaArgs {
  readonly weight: tf.Tensor;
  readonly gradient: tf.Tensor;
  slot(index: number): tf.Tensor;
  /** The value of a step scalar; `key` tells its formula from others of the same optimiser. */
  scalar(key: string, value: UpdateScalar): tf.Tensor;
  /** New values of the weight and of its slots, in order. */
  replace(weight: tf.Tensor, slots: readonly tf.Tensor[]): void;
}

/**
 * The update formulas in TensorFlow.js' operations, recorded or run at once. Where TensorFlow has a
 * kernel of the same formula, theirs is its order of operations.
 */
export function updateFormulas({ weight, gradient, slot, scalar, replace }: FormulaArgs): UpdateOps {
  const rate = () => scalar('learning-rate', learningRate);
  const decayed = (weightDecay: number): tf.Tensor =>
    weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weight, weightDecay));
  const shrunk = (weightDecay: number): tf.Tensor =>
    weightDecay === 0 ? weight : tf.sub(weight, tf.mul(weight, scalar(...decoupledDecay(weightDecay))));
  const towards = (mean: tf.Tensor, value: tf.Tensor, beta: number): tf.Tensor =>
    tf.add(mean, tf.mul(tf.sub(value, mean), restOf(beta)));
  return {
    momentum({ momentum, nesterov, weightDecay }) {
      const g = decayed(weightDecay);
      if (momentum === 0) {
        replace(tf.sub(weight, tf.mul(g, rate())), []);
        return;
      }
      const velocity = tf.add(tf.mul(slot(0), momentum), g);
      const direction = nesterov ? tf.add(g, tf.mul(velocity, momentum)) : velocity;
      replace(tf.sub(weight, tf.mul(direction, rate())), [velocity]);
    },
    adam({ beta1, beta2, epsilon, weightDecay, decoupled = false }) {
      const g = decoupled ? gradient : decayed(weightDecay);
      const m = towards(slot(0), g, beta1);
      const v = towards(slot(1), tf.square(g), beta2);
      const divisor = tf.add(tf.sqrt(v), scalar(...adamEpsilon(beta2, epsilon)));
      const change = tf.div(tf.mul(m, scalar(...adamRate(beta1, beta2))), divisor);
      replace(tf.sub(decoupled ? shrunk(weightDecay) : weight, change), [m, v]);
    },
    adamax({ beta1, beta2, epsilon, weightDecay }) {
      const g = decayed(weightDecay);
      const m = towards(slot(0), g, beta1);
      const u = tf.maximum(tf.mul(slot(1), beta2), tf.add(tf.abs(g), epsilon));
      const corrected = scalar(`adamax-rate/${beta1}`, (update, alpha) => alpha / (1 - beta1 ** update));
      replace(tf.sub(weight, tf.div(tf.mul(m, corrected), u)), [m, u]);
    },
    rmsprop({ alpha, epsilon, momentum, centered, weightDecay }) {
      const g = decayed(weightDecay);
      const squares = towards(slot(0), tf.square(g), alpha);
      const slots = [squares];
      let spread = squares;
      if (centered) {
        const mean = towards(slot(1), g, alpha);
        slots.push(mean);
        spread = tf.sub(squares, tf.square(mean));
      }
      const step = tf.div(g, tf.add(tf.sqrt(spread), epsilon));
      if (momentum === 0) {
        replace(tf.sub(weight, tf.mul(step, rate())), slots);
        return;
      }
      const velocity = tf.add(tf.mul(slot(slots.length), momentum), step);
      replace(tf.sub(weight, tf.mul(velocity, rate())), [...slots, velocity]);
    },
    adagrad({ rateDecay, epsilon, weightDecay }) {
      const g = decayed(weightDecay);
      const squares = tf.add(slot(0), tf.square(g));
      const step = tf.div(tf.mul(g, scalar(...adagradRate(rateDecay))), tf.add(tf.sqrt(squares), epsilon));
      replace(tf.sub(weight, step), [squares]);
    },
    adadelta({ rho, epsilon, weightDecay }) {
      const g = decayed(weightDecay);
      const mean = (average: tf.Tensor, value: tf.Tensor) =>
        tf.add(tf.mul(average, rho), tf.mul(tf.square(value), restOf(rho)));
      const squares = mean(slot(0), g);
      const step = tf.mul(tf.mul(tf.sqrt(tf.add(slot(1), epsilon)), tf.rsqrt(tf.add(squares, epsilon))), g);
      replace(tf.sub(weight, tf.mul(step, rate())), [squares, mean(slot(1), step)]);
    },
    lion({ beta1, beta2, weightDecay }) {
      const m = slot(0);
      const direction = tf.sign(tf.add(tf.mul(m, beta1), tf.mul(gradient, 1 - beta1)));
      const average = tf.add(tf.mul(m, beta2), tf.mul(gradient, 1 - beta2));
      replace(tf.sub(shrunk(weightDecay), tf.mul(direction, rate())), [average]);
    },
  };
}

export const learningRate: UpdateScalar = (_, rate) => rate;

export const decoupledDecay = (weightDecay: number): [string, UpdateScalar] => [
  `decay/${weightDecay}`,
  (_, rate) => rate * weightDecay,
];

// Adam's kernel computes w ← w − α·√(1−β₂ᵗ)/(1−β₁ᵗ) · m/(√v + ε'), PyTorch
// w ← w − α/(1−β₁ᵗ) · m/(√v/√(1−β₂ᵗ) + ε): equal for ε' = ε·√(1−β₂ᵗ).
export const adamRate = (beta1: number, beta2: number): [string, UpdateScalar] => [
  `adam-rate/${beta1}/${beta2}`,
  (update, rate) => (rate * Math.sqrt(1 - beta2 ** update)) / (1 - beta1 ** update),
];
export const adamEpsilon = (beta2: number, epsilon: number): [string, UpdateScalar] => [
  `adam-epsilon/${beta2}/${epsilon}`,
  (update) => epsilon * Math.sqrt(1 - beta2 ** update),
];

export const adagradRate = (rateDecay: number): [string, UpdateScalar] => [
  `adagrad-rate/${rateDecay}`,
  (update, rate) => rate / (1 + (update - 1) * rateDecay),
];

/** 1 − β as TensorFlow's kernels have it, in single precision: for β₂ = 0.999 it is 1.3e-5 below 0.001. */
export const restOf = (beta: number): number => Math.fround(1 - Math.fround(beta));
