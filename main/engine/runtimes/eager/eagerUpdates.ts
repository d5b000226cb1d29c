import * as tf from '@tensorflow/tfjs-core';
import type { UpdateTarget } from '../../trace/applyGradients.ts';
import { updateFormulas } from '../../trace/updateFormulas.ts';

export interface EagerVariables {
  value(key: string): tf.Tensor;
  /** The caller keeps the value. */
  assign(key: string, value: tf.Tensor): void;
  readonly learningRate: number;
  /** Number of the update, from 1. */
  readonly update: number;
}

/** Updates of variables that are computed at once. */
export function eagerUpdates({ value, assign, learningRate, update }: EagerVariables): UpdateTarget {
  const scalar: UpdateTarget['scalar'] = (_, formula) => tf.scalar(formula(update, learningRate));
  return {
    value,
    assign,
    scalar,
    updated: value,
    update(weight, gradient, slots) {
      const slot = (index: number): string => {
        const key = slots[index];
        if (key === undefined)
          throw new Error(`an optimiser asks for slot ${index}, which it did not declare`);
        return key;
      };
      return updateFormulas({
        weight: value(weight),
        gradient,
        slot: (index) => value(slot(index)),
        scalar,
        replace(next, values) {
          assign(weight, next);
          for (const [index, replaced] of values.entries()) assign(slot(index), replaced);
        },
      });
    },
  };
}
