import * as tf from '@tensorflow/tfjs-core';
import type { Plan, PlanOptimizer } from '#shared/compile/plan.ts';
import type { Ops, RandomOps } from '#shared/nodes/ops.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import type { RuntimeInfo, TensorValue } from '#shared/protocol/run.ts';
import { createRandom } from '../../data/random.ts';
import { gradientsOf } from '../../ops/tapeGradient.ts';
import type { Batch, Session, SessionOptions, SessionState, StateTensor, StepResult } from '../../runtime.ts';
import {
  dependencies,
  type ForwardEnvironment,
  type ForwardResult,
  predictions,
  refKey,
  runForward,
  totalLoss,
} from '../../trace/forward.ts';
import { selectBackend } from '../../trace/selectBackend.ts';
import {
  checkState,
  slotKey,
  trainedPaths,
  trainedWeights,
  variableSpecs,
  weightKey,
} from '../../trace/variables.ts';
import { eagerUpdates } from './eagerUpdates.ts';

export interface EagerSessionArgs {
  /** Name of a registered TensorFlow.js backend. */
  readonly backend: string;
  readonly ops: Ops;
  readonly info: RuntimeInfo;
  readonly plan: Plan;
  readonly options: SessionOptions;
  /** Asked whenever values have been read: throws where the backend has failed in the meantime. */
  readonly check?: () => void;
}

/** Results on their way out of the backend, by name; kept until they have been read. */
type Results = Map<string, tf.Tensor>;

/**
 * A plan run operation by operation in TensorFlow.js: the same forward functions as the native
 * runtime, without a graph. Computing is synchronous; reading results is not, for WebGPU cannot.
 */
export class EagerSession implements Session {
  readonly info: RuntimeInfo;
  readonly takesCompact = false;
  readonly #backend: string;
  readonly #ops: Ops;
  readonly #plan: Plan;
  readonly #seed: number;
  readonly #check: () => void;
  readonly #specs;
  readonly #variables = new Map<string, tf.Tensor>();
  #step = 0;

  constructor({ backend, ops, info, plan, options, check }: EagerSessionArgs) {
    this.info = info;
    this.#backend = backend;
    this.#ops = ops;
    this.#plan = plan;
    this.#seed = options.seed;
    this.#check = check ?? (() => undefined);
    this.#specs = variableSpecs(plan);
    selectBackend(backend);
    for (const spec of this.#specs) {
      const size = spec.shape.reduce((product, dim) => product * dim, 1);
      const initial = options.initialWeights.get(spec.key);
      if (!initial && spec.role !== 'slot') throw new Error(`${spec.key} has no starting values`);
      // A copy: the CPU backend computes on the array that it was given.
      this.#set(spec.key, tf.tensor(Float32Array.from(initial ?? new Float32Array(size)), [...spec.shape]));
    }
  }

  async trainStep(batch: Batch, learningRates: Readonly<Record<string, number>>): Promise<StepResult> {
    let first: Results | undefined;
    for (const optimizer of this.#plan.optimizers) {
      const rate = learningRates[optimizer.path];
      if (rate === undefined) throw new Error(`${optimizer.path} has no learning rate`);
      const results = this.#compute(() => this.#turn(batch, optimizer, rate));
      if (first) for (const tensor of results.values()) tensor.dispose();
      else first = results;
    }
    if (!first) throw new Error('the plan has no optimiser');
    this.#step += 1;
    return stepResult(await this.#read(first));
  }

  async evaluateStep(batch: Batch): Promise<StepResult> {
    const results = this.#compute(() => {
      const collected: Results = new Map();
      this.#collectStep(runForward(this.#plan, this.#environment(batch, false)), collected);
      return collected;
    });
    return stepResult(await this.#read(results));
  }

  async predict(batch: Batch): Promise<Readonly<Record<string, TensorValue>>> {
    const results = this.#compute(() => {
      const paths = dependencies(
        this.#plan,
        this.#plan.predictions.map(({ value }) => value.path),
      );
      const result = runForward(this.#plan, this.#environment(batch, false), paths);
      const collected: Results = new Map();
      for (const [path, value] of Object.entries(predictions(this.#plan, this.#ops, result))) {
        collected.set(path, tf.keep(tf.clone(value)));
      }
      return collected;
    });
    return Object.fromEntries(await this.#read(results));
  }

  async readState(): Promise<SessionState> {
    const tensors = new Map<string, StateTensor>();
    for (const spec of this.#specs) {
      const data = Float32Array.from(await this.#variable(spec.key).data());
      tensors.set(spec.key, { shape: [...spec.shape], data, role: spec.role });
    }
    this.#check();
    return { step: this.#step, tensors };
  }

  async writeState(state: SessionState): Promise<void> {
    checkState(this.#specs, state.tensors);
    selectBackend(this.#backend);
    for (const [key, { data, shape }] of state.tensors)
      this.#set(key, tf.tensor(Float32Array.from(data), shape));
    this.#step = state.step;
  }

  dispose(): void {
    for (const tensor of this.#variables.values()) tensor.dispose();
    this.#variables.clear();
  }

  /** One optimiser's turn; what it returns and the new variables outlive the scope. */
  #turn(batch: Batch, optimizer: PlanOptimizer, learningRate: number): Results {
    const definition = findNodeDefinition(optimizer.kind);
    if (definition?.role !== 'optimizer') throw new Error(`${optimizer.path} is no optimiser`);
    const weights = trainedWeights(this.#plan, optimizer.path);
    const scope = trainedPaths(this.#plan, optimizer);
    const running = new Map<string, tf.Tensor>();
    const environment = this.#environment(batch, true, (path, state, value) => {
      if (scope.has(path)) running.set(weightKey(path, state), tf.keep(tf.clone(value)));
    });
    const results: Results = new Map();
    const gradients = gradientsOf(
      () => {
        const forward = runForward(this.#plan, environment);
        this.#collectStep(forward, results);
        return forward.value(optimizer.loss);
      },
      weights.map(({ key }) => this.#variable(key)),
    );
    for (const [index, gradient] of gradients.entries()) {
      const weight = weights[index];
      if (!weight || !gradient) continue;
      const slotKeys = definition
        .slots(optimizer.params)
        .map((slot) => slotKey(weight.key, optimizer.path, slot));
      const update = eagerUpdates({
        weight: this.#variable(weight.key),
        gradient,
        slots: slotKeys.map((key) => this.#variable(key)),
        learningRate,
        update: this.#step + 1,
        replace: (value, slots) => {
          this.#set(weight.key, value);
          for (const [position, slot] of slots.entries()) {
            const key = slotKeys[position];
            if (key) this.#set(key, slot);
          }
        },
      });
      definition.update(update, optimizer.params);
    }
    for (const [key, value] of running) this.#set(key, value);
    return results;
  }

  #collectStep(forward: ForwardResult, results: Results): void {
    results.set('loss', tf.keep(tf.clone(totalLoss(this.#plan, forward))));
    for (const [path, sums] of Object.entries(forward.metrics)) {
      for (const [sum, tensor] of Object.entries(sums)) {
        results.set(`sum/${path}/${sum}`, tf.keep(tf.clone(tensor)));
      }
    }
  }

  #environment(
    batch: Batch,
    training: boolean,
    update: ForwardEnvironment['update'] = () => undefined,
  ): ForwardEnvironment {
    return {
      ops: this.#ops,
      training,
      weight: (path, name) => this.#variable(weightKey(path, name)),
      input: (ref) => {
        const value = batch.values[refKey(ref)];
        if (!value) throw new Error(`the batch has no values for ${refKey(ref)}`);
        return tf.tensor(value.data, [...value.shape], value.dtype);
      },
      random: (path) => this.#random(path),
      update,
      enter: () => undefined,
    };
  }

  /** Keyed like the native runtime's draws (seed, path, call, step), from another generator. */
  #random(path: string): RandomOps {
    let call = 0;
    const draw = (shape: readonly number[], normal: boolean): tf.Tensor => {
      const random = createRandom(this.#seed, `${path}#${call}@${this.#step}`);
      call += 1;
      const size = shape.reduce((product, dim) => product * dim, 1);
      const values = Float32Array.from({ length: size }, () => (normal ? random.normal() : random.uniform()));
      return tf.tensor(values, [...shape], 'float32');
    };
    return { uniform: (shape) => draw(shape, false), normal: (shape) => draw(shape, true) };
  }

  #compute(body: () => Results): Results {
    selectBackend(this.#backend);
    const engine = tf.engine();
    engine.startScope('step');
    try {
      return body();
    } finally {
      engine.endScope();
    }
  }

  async #read(results: Results): Promise<Map<string, TensorValue>> {
    const values = await readAll(results);
    this.#check();
    return values;
  }

  #variable(key: string): tf.Tensor {
    const variable = this.#variables.get(key);
    if (!variable) throw new Error(`the session has no variable ${key}`);
    return variable;
  }

  #set(key: string, value: tf.Tensor): void {
    this.#variables.get(key)?.dispose();
    this.#variables.set(key, tf.keep(value));
  }
}

async function readAll(results: Results): Promise<Map<string, TensorValue>> {
  const values = new Map<string, TensorValue>();
  for (const [name, tensor] of results) {
    values.set(name, { shape: [...tensor.shape], data: Float32Array.from(await tensor.data()) });
    tensor.dispose();
  }
  return values;
}

function stepResult(values: ReadonlyMap<string, TensorValue>): StepResult {
  const sums: Record<string, Record<string, number>> = {};
  for (const [name, { data }] of values) {
    if (name === 'loss') continue;
    const end = name.lastIndexOf('/');
    const path = name.slice('sum/'.length, end);
    sums[path] = { ...sums[path], [name.slice(end + 1)]: data[0] ?? Number.NaN };
  }
  return { loss: values.get('loss')?.data[0] ?? Number.NaN, sums };
}
