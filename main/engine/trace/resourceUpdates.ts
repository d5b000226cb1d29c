import type { UpdateOps } from '#shared/nodes/ops.ts';
import { type OperationRef, TfType } from '../addon/neuroloomAddon.ts';
import { boolAttr, float32Type, type GraphBuilder } from './graphBuilder.ts';
import {
  adagradRate,
  adamEpsilon,
  adamRate,
  decoupledDecay,
  learningRate,
  type UpdateScalar,
} from './updateFormulas.ts';

/** A number that is given anew at each update of an optimiser. */
export interface StepScalar {
  readonly output: number;
  readonly value: UpdateScalar;
}

/** Makes the step scalars of one optimiser: each distinct formula once. */
export class StepScalars {
  readonly #graph: GraphBuilder;
  readonly #scalars = new Map<string, StepScalar>();

  constructor(graph: GraphBuilder) {
    this.#graph = graph;
  }

  get(key: string, value: UpdateScalar): number {
    const known = this.#scalars.get(key);
    if (known) return known.output;
    const output = this.#graph.placeholder(TfType.float32, []).id;
    this.#scalars.set(key, { output, value });
    return output;
  }

  get all(): StepScalar[] {
    return [...this.#scalars.values()];
  }
}

export interface ResourceUpdate {
  readonly variable: number;
  slot(index: number): number;
  /** The weight's value before the step, for weight decay. */
  readonly read: number;
  readonly gradient: number;
  /** What must have happened before: every read of the program. */
  readonly controls: readonly OperationRef[];
  readonly applied: (operation: OperationRef) => void;
}

const locking = [boolAttr('use_locking', false)];

/**
 * Kernels of TensorFlow that work in place on one variable and its slots, for the formulas of which
 * they give PyTorch's numbers. Not among them: RMSprop (epsilon inside the root) and Adamax
 * (epsilon added to the largest gradient ever seen instead of to each).
 */
export function resourceUpdates(
  graph: GraphBuilder,
  scalars: StepScalars,
  update: ResourceUpdate,
): Pick<UpdateOps, 'momentum' | 'adam' | 'adagrad' | 'adadelta'> {
  const { variable, slot, gradient } = update;
  const rate = () => scalars.get('learning-rate', learningRate);
  const constant = (value: number) => graph.constant(TfType.float32, [], Float32Array.of(value)).id;
  const decayed = (weightDecay: number): number => {
    if (weightDecay === 0) return gradient;
    const pull = graph.addValue('Mul', [update.read, constant(weightDecay)], [float32Type]).id;
    return graph.addValue('AddV2', [gradient, pull], [float32Type]).id;
  };
  const apply = (
    type: string,
    inputs: number[],
    attributes: typeof locking,
    controls = update.controls,
  ): OperationRef => {
    const { operation } = graph.add(type, inputs, [float32Type, ...attributes], { controls });
    update.applied(operation);
    return operation;
  };

  return {
    // torch.optim.SGD keeps the learning rate out of the buffer, as TensorFlow's own momentum does
    // (Keras' does not).
    momentum({ momentum, nesterov, weightDecay }) {
      const g = decayed(weightDecay);
      if (momentum === 0) {
        apply('ResourceApplyGradientDescent', [variable, rate(), g], locking);
        return;
      }
      apply(
        'ResourceApplyMomentum',
        [variable, slot(0), rate(), g, constant(momentum)],
        [...locking, boolAttr('use_nesterov', nesterov)],
      );
    },
    // Both factors are computed in double precision and fed; the kernel's own powers are set to
    // zero, for 1−β₂ᵗ in single precision would be off by 3e-5 at the first step.
    adam({ beta1, beta2, epsilon, weightDecay, decoupled = false }) {
      const zero = constant(0);
      const g = decoupled ? gradient : decayed(weightDecay);
      let { controls } = update;
      if (decoupled && weightDecay > 0) {
        // w ← w − lr·weightDecay·w is a step down the "gradient" w.
        const decay = scalars.get(...decoupledDecay(weightDecay));
        const shrunk = apply('ResourceApplyGradientDescent', [variable, decay, update.read], locking);
        controls = [...controls, shrunk];
      }
      apply(
        'ResourceApplyAdam',
        [
          variable,
          slot(0),
          slot(1),
          zero,
          zero,
          scalars.get(...adamRate(beta1, beta2)),
          constant(beta1),
          constant(beta2),
          scalars.get(...adamEpsilon(beta2, epsilon)),
          g,
        ],
        [...locking, boolAttr('use_nesterov', false)],
        controls,
      );
    },
    adagrad({ rateDecay, epsilon, weightDecay }) {
      apply(
        'ResourceApplyAdagradV2',
        [variable, slot(0), scalars.get(...adagradRate(rateDecay)), constant(epsilon), decayed(weightDecay)],
        [...locking, boolAttr('update_slots', true)],
      );
    },
    adadelta({ rho, epsilon, weightDecay }) {
      apply(
        'ResourceApplyAdadelta',
        [variable, slot(0), slot(1), rate(), constant(rho), constant(epsilon), decayed(weightDecay)],
        locking,
      );
    },
  };
}
