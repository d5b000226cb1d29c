import * as tf from '@tensorflow/tfjs-core';
import type { UpdateOps } from '#shared/nodes/ops.ts';

export interface EagerUpdate {
  readonly weight: tf.Tensor;
  readonly gradient: tf.Tensor;
  readonly slots: readonly tf.Tensor[];
  readonly learningRate: number;
  /** Counted from 1. */
  readonly step: number;
  /** New values; the caller keeps them. */
  replace(weight: tf.Tensor, slots: readonly tf.Tensor[]): void;
}

/** The update formulas in TensorFlow.js' own operations, in the order of TensorFlow's kernels. */
export function eagerUpdates(update: EagerUpdate): UpdateOps {
  const { weight, learningRate, step } = update;
  const decayed = (weightDecay: number): tf.Tensor =>
    weightDecay === 0 ? update.gradient : tf.add(update.gradient, tf.mul(weight, weightDecay));
  const slot = (index: number): tf.Tensor => {
    const found = update.slots[index];
    if (!found) throw new Error(`an optimiser asks for slot ${index}, which it did not declare`);
    return found;
  };
  return {
    momentum({ momentum, nesterov, weightDecay }) {
      const gradient = decayed(weightDecay);
      if (momentum === 0) {
        update.replace(tf.sub(weight, tf.mul(gradient, learningRate)), []);
        return;
      }
      const velocity = tf.add(tf.mul(slot(0), momentum), gradient);
      const direction = nesterov ? tf.add(gradient, tf.mul(velocity, momentum)) : velocity;
      update.replace(tf.sub(weight, tf.mul(direction, learningRate)), [velocity]);
    },
    adam({ beta1, beta2, epsilon, weightDecay }) {
      const gradient = decayed(weightDecay);
      const correction = Math.sqrt(1 - beta2 ** step);
      const rate = (learningRate * correction) / (1 - beta1 ** step);
      const m = tf.add(slot(0), tf.mul(tf.sub(gradient, slot(0)), restOf(beta1)));
      const v = tf.add(slot(1), tf.mul(tf.sub(tf.square(gradient), slot(1)), restOf(beta2)));
      const change = tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), epsilon * correction));
      update.replace(tf.sub(weight, change), [m, v]);
    },
  };
}

/** 1 − β as TensorFlow's kernel has it, in single precision: for β₂ = 0.999 it is 1.3e-5 below 0.001. */
const restOf = (beta: number): number => Math.fround(1 - Math.fround(beta));
