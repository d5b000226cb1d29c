import type { UpdateOps } from '#shared/nodes/ops.ts';
import { TfType } from '../addon/neuroloomAddon.ts';
import { floatAttr, type GraphBuilder } from './graphBuilder.ts';
import type { StepScalars } from './resourceUpdates.ts';
import { adamEpsilon, adamRate, decoupledDecay, restOf } from './updateFormulas.ts';

export interface KernelUpdate {
  readonly weight: number;
  slot(index: number): number;
  readonly gradient: number;
  /** New values of the weight and of its slots, in order. */
  replace(weight: number, slots: readonly number[]): void;
}

/**
 * Sizes of weights that the addon's kernel updates. TensorFlow's own is as quick for smaller ones, which it
 * does not divide among threads; what is larger would take much memory for the new values.
 */
const LEAST_NUMBERS = 512;
const MOST_NUMBERS = 1 << 22;

export const isForKernel = (shape: readonly number[]): boolean => {
  const numbers = shape.reduce((product, size) => product * size, 1);
  return numbers >= LEAST_NUMBERS && numbers <= MOST_NUMBERS;
};

/** The updates for which the addon has a kernel: one pass over the weight and its slots. */
export function kernelUpdates(
  graph: GraphBuilder,
  scalars: StepScalars,
  { weight, slot, gradient, replace }: KernelUpdate,
): Pick<UpdateOps, 'adam'> {
  return {
    adam({ beta1, beta2, epsilon, weightDecay, decoupled = false }) {
      const decay =
        decoupled && weightDecay > 0
          ? scalars.get(...decoupledDecay(weightDecay))
          : graph.constant(TfType.float32, [], Float32Array.of(0)).id;
      const { outputs } = graph.add(
        'NeuroloomAdam',
        [
          weight,
          slot(0),
          slot(1),
          gradient,
          scalars.get(...adamRate(beta1, beta2)),
          scalars.get(...adamEpsilon(beta2, epsilon)),
          decay,
        ],
        [
          floatAttr('rest1', restOf(beta1)),
          floatAttr('rest2', restOf(beta2)),
          floatAttr('pull', decoupled ? 0 : weightDecay),
        ],
      );
      const [next, mean, square] = outputs.map(({ id }) => id);
      if (next === undefined || mean === undefined || square === undefined) {
        throw new Error('Adam gives three values');
      }
      replace(next, [mean, square]);
    },
  };
}
