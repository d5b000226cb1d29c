import type * as tf from '@tensorflow/tfjs-core';
import type { UpdateOps } from '#shared/nodes/ops.ts';
import { type OperationRef, TfType } from '../addon/neuroloomAddon.ts';
import type { UpdateTarget } from './applyGradients.ts';
import { type GraphBuilder, typeAttr } from './graphBuilder.ts';
import { isForKernel, kernelUpdates } from './kernelUpdates.ts';
import { resourceUpdates, type StepScalar, StepScalars } from './resourceUpdates.ts';
import type { SymbolicBackend } from './symbolicBackend.ts';
import { type UpdateScalar, updateFormulas } from './updateFormulas.ts';
import type { VariableStore } from './variableStore.ts';

export interface UpdateArgs {
  readonly graph: GraphBuilder;
  readonly backend: SymbolicBackend;
  readonly variables: VariableStore;
  /** Reads a variable once for the whole program; the reads are in `reads`. */
  read(key: string): tf.Tensor;
  readonly reads: readonly OperationRef[];
  /** Whether weights may be updated by the addon's own kernels. */
  readonly addonKernels: boolean;
}

const dtype = [typeAttr('dtype', TfType.float32)];

/** Records what an optimiser does to its weights: in place by TensorFlow's kernels where they have its formula. */
export class UpdateRecorder implements UpdateTarget {
  readonly targets: OperationRef[] = [];
  readonly #args: UpdateArgs;
  readonly #scalars: StepScalars;
  /** What changes each weight. */
  readonly #applied = new Map<string, OperationRef[]>();
  /** After the first `#awaited` reads. */
  #barrier: OperationRef | undefined;
  #awaited = 0;

  constructor(args: UpdateArgs) {
    this.#args = args;
    this.#scalars = new StepScalars(args.graph);
  }

  get scalars(): StepScalar[] {
    return this.#scalars.all;
  }

  value(key: string): tf.Tensor {
    return this.#args.read(key);
  }

  updated(weight: string): tf.Tensor {
    const { graph, backend, variables } = this.#args;
    const controls = this.#applied.get(weight) ?? [];
    const read = graph.addValue('ReadVariableOp', [variables.handle(weight)], dtype, { controls });
    return backend.tensorOf({ ...read, shape: variables.shape(weight) });
  }

  /** New value of a variable, after every read of the program. */
  assign(key: string, value: tf.Tensor): void {
    this.#assign(key, this.#args.backend.outputOf(value));
  }

  scalar(key: string, value: UpdateScalar): tf.Tensor {
    const output = this.#scalars.get(key, value);
    return this.#args.backend.tensorOf({ id: output, dtype: TfType.float32, shape: [] });
  }

  update(weight: string, gradient: tf.Tensor, slots: readonly string[]): UpdateOps {
    const { graph, backend, variables, read, addonKernels } = this.#args;
    const slot = (index: number): string => {
      const key = slots[index];
      if (key === undefined) throw new Error(`an optimiser asks for slot ${index}, which it did not declare`);
      return key;
    };
    const replace = (value: number, values: readonly number[]): void => {
      this.#assign(weight, value);
      for (const [index, next] of values.entries()) this.#assign(slot(index), next);
    };
    const formulas = updateFormulas({
      weight: read(weight),
      gradient,
      slot: (index) => read(slot(index)),
      scalar: (key, value) => this.scalar(key, value),
      replace: (value, values) =>
        replace(
          backend.outputOf(value),
          values.map((next) => backend.outputOf(next)),
        ),
    });
    const inPlace = resourceUpdates(graph, this.#scalars, {
      variable: variables.handle(weight),
      slot: (index) => variables.handle(slot(index)),
      read: backend.outputOf(read(weight)),
      gradient: backend.outputOf(gradient),
      controls: this.#afterReads(),
      applied: (operation) => this.#apply(weight, operation),
    });
    if (!addonKernels || !isForKernel(variables.shape(weight))) return { ...formulas, ...inPlace };
    const kernels = kernelUpdates(graph, this.#scalars, {
      weight: backend.outputOf(read(weight)),
      slot: (index) => backend.outputOf(read(slot(index))),
      gradient: backend.outputOf(gradient),
      replace,
    });
    return { ...formulas, ...inPlace, ...kernels };
  }

  #assign(key: string, output: number): void {
    const { graph, variables } = this.#args;
    const inputs = [variables.handle(key), output];
    const controls = this.#afterReads();
    this.#apply(key, graph.add('AssignVariableOp', inputs, dtype, { controls }).operation);
  }

  /**
   * Control inputs that let every read of the program go first. One operation awaits them for all
   * updates: with an edge from each read to each update, a graph of 1,000 layers had four million.
   */
  #afterReads(): OperationRef[] {
    const { graph, reads } = this.#args;
    if (reads.length > this.#awaited) {
      const earlier = this.#barrier === undefined ? [] : [this.#barrier];
      const controls = [...earlier, ...reads.slice(this.#awaited)];
      this.#barrier = graph.add('NoOp', [], [], { controls }).operation;
      this.#awaited = reads.length;
    }
    return this.#barrier === undefined ? [] : [this.#barrier];
  }

  #apply(key: string, operation: OperationRef): void {
    this.targets.push(operation);
    this.#applied.set(key, [...(this.#applied.get(key) ?? []), operation]);
  }
}
