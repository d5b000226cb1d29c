import type { UpdateOps } from '#shared/nodes/ops.ts';
import { type OperationRef, TfType } from '../addon/neuroloomAddon.ts';
import { boolAttr, float32Type, type GraphBuilder } from './graphBuilder.ts';

/** A number that is given anew at each step: `value(step, learningRate)`, step counted from 1. */
export interface StepScalar {
  readonly output: number;
  value(step: number, learningRate: number): number;
}

/** Makes the step scalars of one optimiser: each distinct formula once. */
export class StepScalars {
  readonly #graph: GraphBuilder;
  readonly #scalars = new Map<string, StepScalar>();

  constructor(graph: GraphBuilder) {
    this.#graph = graph;
  }

  get(key: string, value: StepScalar['value']): number {
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
  readonly slots: readonly number[];
  /** The weight's value before the step, for weight decay. */
  readonly read: number;
  readonly gradient: number;
  /** What must have happened before: every read of the program. */
  readonly controls: readonly OperationRef[];
  readonly applied: (operation: OperationRef) => void;
}

const locking = [boolAttr('use_locking', false)];

/** Update kernels of TensorFlow that work in place on one variable and its slots. */
export function resourceUpdates(
  graph: GraphBuilder,
  scalars: StepScalars,
  update: ResourceUpdate,
): UpdateOps {
  const learningRate = () => scalars.get('learning-rate', (_, rate) => rate);
  const constant = (value: number) => graph.constant(TfType.float32, [], Float32Array.of(value)).id;
  const slot = (index: number): number => {
    const found = update.slots[index];
    if (found === undefined) throw new Error(`an optimiser asks for slot ${index}, which it did not declare`);
    return found;
  };
  const decayed = (weightDecay: number): number => {
    if (weightDecay === 0) return update.gradient;
    const pull = graph.addValue('Mul', [update.read, constant(weightDecay)], [float32Type]).id;
    return graph.addValue('AddV2', [update.gradient, pull], [float32Type]).id;
  };
  const apply = (type: string, inputs: number[], attributes: typeof locking) =>
    update.applied(
      graph.add(type, inputs, [float32Type, ...attributes], { controls: update.controls }).operation,
    );

  return {
    // torch.optim.SGD keeps the learning rate out of the buffer, as TensorFlow's own momentum does
    // (Keras' does not).
    momentum({ momentum, nesterov, weightDecay }) {
      const gradient = decayed(weightDecay);
      if (momentum === 0) {
        apply('ResourceApplyGradientDescent', [update.variable, learningRate(), gradient], locking);
        return;
      }
      apply(
        'ResourceApplyMomentum',
        [update.variable, slot(0), learningRate(), gradient, constant(momentum)],
        [...locking, boolAttr('use_nesterov', nesterov)],
      );
    },
    // TensorFlow's kernel computes w ← w − α·√(1−β₂ᵗ)/(1−β₁ᵗ) · m/(√v + ε'), PyTorch
    // w ← w − α/(1−β₁ᵗ) · m/(√v/√(1−β₂ᵗ) + ε): equal for ε' = ε·√(1−β₂ᵗ). Both factors are computed
    // in double precision and fed; the kernel's own powers are set to zero, for 1−β₂ᵗ in single
    // precision would be off by 3e-5 at the first step.
    adam({ beta1, beta2, epsilon, weightDecay }) {
      const gradient = decayed(weightDecay);
      const zero = constant(0);
      const rate = scalars.get(
        `adam-rate/${beta1}/${beta2}`,
        (step, alpha) => (alpha * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step),
      );
      const offset = scalars.get(
        `adam-epsilon/${beta2}/${epsilon}`,
        (step) => epsilon * Math.sqrt(1 - beta2 ** step),
      );
      apply(
        'ResourceApplyAdam',
        [
          update.variable,
          slot(0),
          slot(1),
          zero,
          zero,
          rate,
          constant(beta1),
          constant(beta2),
          offset,
          gradient,
        ],
        [...locking, boolAttr('use_nesterov', false)],
      );
    },
  };
}
