import type * as tf from '@tensorflow/tfjs-core';
import type { PlanOptimizer } from '#shared/compile/plan.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { type OperationRef, TfType } from '../addon/neuroloomAddon.ts';
import { type GraphBuilder, typeAttr } from './graphBuilder.ts';
import { resourceUpdates, type StepScalar, StepScalars } from './resourceUpdates.ts';
import type { SymbolicBackend } from './symbolicBackend.ts';
import { updateFormulas } from './updateFormulas.ts';
import type { VariableStore } from './variableStore.ts';
import { slotKey } from './variables.ts';

export interface UpdateArgs {
  readonly graph: GraphBuilder;
  readonly backend: SymbolicBackend;
  readonly variables: VariableStore;
  /** Reads a variable once for the whole program; the reads are in `reads`. */
  read(key: string): tf.Tensor;
  readonly reads: readonly OperationRef[];
  readonly optimizer: PlanOptimizer;
}

const dtype = [typeAttr('dtype', TfType.float32)];

/** Records what an optimiser does to its weights: in place by TensorFlow's kernels where they have its formula. */
export class UpdateRecorder {
  readonly targets: OperationRef[] = [];
  readonly #args: UpdateArgs;
  readonly #scalars: StepScalars;

  constructor(args: UpdateArgs) {
    this.#args = args;
    this.#scalars = new StepScalars(args.graph);
  }

  get scalars(): StepScalar[] {
    return this.#scalars.all;
  }

  /** New value of a variable, after every read of the program. */
  assign(key: string, value: tf.Tensor): void {
    const { graph, backend, variables, reads } = this.#args;
    const inputs = [variables.handle(key), backend.outputOf(value)];
    this.targets.push(graph.add('AssignVariableOp', inputs, dtype, { controls: reads }).operation);
  }

  update(weight: string, gradient: tf.Tensor): void {
    const { graph, backend, variables, reads, optimizer, read } = this.#args;
    const definition = findNodeDefinition(optimizer.kind);
    if (definition?.role !== 'optimizer') throw new Error(`${optimizer.path} is no optimiser`);
    const slots = definition.slots(optimizer.params).map((slot) => slotKey(weight, optimizer.path, slot));
    const slot = (index: number): string => {
      const key = slots[index];
      if (key === undefined)
        throw new Error(`${optimizer.kind} asks for slot ${index}, which it did not declare`);
      return key;
    };
    const formulas = updateFormulas({
      weight: read(weight),
      gradient,
      slot: (index) => read(slot(index)),
      scalar: (key, value) => {
        const output = this.#scalars.get(key, value);
        return backend.tensorOf({ id: output, dtype: TfType.float32, shape: [] });
      },
      replace: (value, values) => {
        this.assign(weight, value);
        for (const [index, next] of values.entries()) this.assign(slot(index), next);
      },
    });
    const kernels = resourceUpdates(graph, this.#scalars, {
      variable: variables.handle(weight),
      slot: (index) => variables.handle(slot(index)),
      read: backend.outputOf(read(weight)),
      gradient: backend.outputOf(gradient),
      controls: reads,
      applied: (operation) => this.targets.push(operation),
    });
    definition.update({ ...formulas, ...kernels }, optimizer.params);
  }
}
