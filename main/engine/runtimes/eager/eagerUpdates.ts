import * as tf from '@tensorflow/tfjs-core';
import type { UpdateOps } from '#shared/nodes/ops.ts';
import { updateFormulas } from '../../trace/updateFormulas.ts';

export interface EagerUpdate {
  readonly weight: tf.Tensor;
  readonly gradient: tf.Tensor;
  readonly slots: readonly tf.Tensor[];
  readonly learningRate: number;
  /** The optimiser's own count, from 1. */
  readonly update: number;
  /** New values; the caller keeps them. */
  replace(weight: tf.Tensor, slots: readonly tf.Tensor[]): void;
}

/** The update formulas, run at once. */
export function eagerUpdates(args: EagerUpdate): UpdateOps {
  return updateFormulas({
    weight: args.weight,
    gradient: args.gradient,
    slot(index) {
      const found = args.slots[index];
      if (!found) throw new Error(`an optimiser asks for slot ${index}, which it did not declare`);
      return found;
    },
    scalar: (_, value) => tf.scalar(value(args.update, args.learningRate)),
    replace: args.replace,
  });
}
