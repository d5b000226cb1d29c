import * as tf from '@tensorflow/tfjs-core';
import type { PlanOptimizer } from '#shared/compile/plan.ts';
import type { UpdateOps } from '#shared/nodes/ops.ts';
import { optimizerSettings } from '#shared/nodes/optimizerSettings.ts';
import type { OptimizerTurn } from '#shared/nodes/optimizerTurn.ts';
import { clipGradients } from './clipGradients.ts';
import type { UpdateScalar } from './updateFormulas.ts';
import { ACCUMULATED, AVERAGE, optimizerOf, slotKey } from './variables.ts';

/** The variables of a runtime as an update sees them. */
export interface UpdateTarget {
  /** Value before the step. */
  value(key: string): tf.Tensor;
  /** Value after `update` of the weight. */
  updated(weight: string): tf.Tensor;
  assign(key: string, value: tf.Tensor): void;
  scalar(key: string, value: UpdateScalar): tf.Tensor;
  /** The formulas on one weight and the given slots. */
  update(weight: string, gradient: tf.Tensor, slots: readonly string[]): UpdateOps;
}

/**
 * What an optimiser does with the gradients of its turn, the same on every runtime: adds them up,
 * or clips them, updates the weights and moves their averages.
 */
export function applyGradients(
  target: UpdateTarget,
  optimizer: PlanOptimizer,
  kind: Exclude<OptimizerTurn['kind'], 'none'>,
  gradients: readonly { readonly weight: string; readonly gradient: tf.Tensor }[],
): void {
  const { path, params } = optimizer;
  const settings = optimizerSettings(params);
  const key = (weight: string, slot: string) => slotKey(weight, path, slot);
  const total = ({ weight, gradient }: (typeof gradients)[number]): tf.Tensor =>
    settings.accumulate > 1 ? tf.add(target.value(key(weight, ACCUMULATED)), gradient) : gradient;
  if (kind === 'accumulate') {
    for (const each of gradients) target.assign(key(each.weight, ACCUMULATED), total(each));
    return;
  }
  const means = gradients.map((each) =>
    settings.accumulate > 1 ? tf.div(total(each), settings.accumulate) : each.gradient,
  );
  const definition = optimizerOf(optimizer);
  const slots = definition.slots(params);
  for (const [index, gradient] of clipGradients(means, settings).entries()) {
    const weight = gradients[index]?.weight;
    if (weight === undefined) throw new Error('a gradient without a weight');
    definition.update(
      target.update(
        weight,
        gradient,
        slots.map((slot) => key(weight, slot)),
      ),
      params,
    );
    if (settings.accumulate > 1) target.assign(key(weight, ACCUMULATED), tf.zerosLike(gradient));
    if (settings.average) {
      const average = target.value(key(weight, AVERAGE));
      const rest = target.scalar(...averageRest(settings.averageDecay));
      const moved = tf.mul(tf.sub(target.updated(weight), average), rest);
      target.assign(key(weight, AVERAGE), tf.add(average, moved));
    }
  }
}

/** torch.optim.swa_utils' exponential average begins with the weights of the first update. */
const averageRest = (decay: number): [string, UpdateScalar] => [
  `average/${decay}`,
  (update) => (update === 1 ? 1 : 1 - decay),
];
