import * as tf from '@tensorflow/tfjs-core';
import type { Plan, PlanOptimizer } from '#shared/compile/plan.ts';
import type { Ops, RandomOps } from '#shared/nodes/ops.ts';
import { optimizerSettings } from '#shared/nodes/optimizerSettings.ts';
import { type OptimizerTurn, turnAt } from '#shared/nodes/optimizerTurn.ts';
import type { RuntimeInfo, TensorValue } from '#shared/protocol/run.ts';
import { createRandom } from '../../data/random.ts';
import { droppedBy } from '../../ops/dropped.ts';
import { gradientsOf } from '../../ops/tapeGradient.ts';
import type {
  Batch,
  ComputeRequest,
  PassValue,
  Session,
  SessionOptions,
  SessionState,
  StateTensor,
  StepResult,
} from '../../runtime.ts';
import { applyGradients } from '../../trace/applyGradients.ts';
import { evaluationDraw } from '../../trace/evaluationDraw.ts';
import {
  dependencies,
  type ForwardEnvironment,
  type ForwardResult,
  optimizerLosses,
  predictions,
  refKey,
  runForward,
  totalLoss,
} from '../../trace/forward.ts';
import { inspectPass } from '../../trace/inspectPass.ts';
import { selectBackend } from '../../trace/selectBackend.ts';
import { joinTurns, stepResult } from '../../trace/stepResult.ts';
import {
  averagedKeys,
  checkState,
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
  readonly #averages: ReadonlyMap<string, string>;
  #step = 0;

  constructor({ backend, ops, info, plan, options, check }: EagerSessionArgs) {
    this.info = info;
    this.#backend = backend;
    this.#ops = ops;
    this.#plan = plan;
    this.#seed = options.seed;
    this.#check = check ?? (() => undefined);
    this.#specs = variableSpecs(plan);
    this.#averages = averagedKeys(plan);
    selectBackend(backend);
    for (const spec of this.#specs) {
      const size = spec.shape.reduce((product, dim) => product * dim, 1);
      const initial = options.initialWeights.get(spec.startsAs ?? spec.key);
      if (!initial && spec.role !== 'slot') throw new Error(`${spec.key} has no starting values`);
      // A copy: the CPU backend computes on the array that it was given.
      this.#set(spec.key, tf.tensor(Float32Array.from(initial ?? new Float32Array(size)), [...spec.shape]));
    }
  }

  async trainStep(batch: Batch, learningRates: Readonly<Record<string, number>>): Promise<StepResult> {
    const turns: Results[] = [];
    for (const optimizer of this.#plan.optimizers) {
      const turn = turnAt(this.#step, optimizerSettings(optimizer.params));
      const learningRate = learningRates[optimizer.path];
      if (learningRate === undefined) throw new Error(`${optimizer.path} has no learning rate`);
      if (turn.kind === 'none') continue;
      turns.push(
        this.#compute(() =>
          this.#turn(batch, optimizer, { ...turn, learningRate, first: turns.length === 0 }),
        ),
      );
    }
    const results = await Promise.all(
      turns.map(async (turn) => stepResult(figuresOf(await this.#read(turn)))),
    );
    const taken = this.#plan.optimizers.filter(
      ({ params }) => turnAt(this.#step, optimizerSettings(params)).kind !== 'none',
    );
    const result = joinTurns(taken, results) ?? (await this.#figures(batch, true, this.#step));
    this.#step += 1;
    return result;
  }

  async evaluateStep(batch: Batch, place = 0): Promise<StepResult> {
    return this.#figures(batch, false, evaluationDraw(place));
  }

  async predict(batch: Batch, place?: number): Promise<Readonly<Record<string, TensorValue>>> {
    const draw = place === undefined ? this.#step : evaluationDraw(place);
    const results = this.#compute(() => {
      const paths = dependencies(
        this.#plan,
        this.#plan.predictions.map(({ value }) => value.path),
      );
      const environment = { ...this.#environment(batch, false), random: this.#drawnBy(draw) };
      const result = runForward(this.#plan, environment, paths);
      const collected: Results = new Map();
      for (const [path, value] of Object.entries(predictions(this.#plan, this.#ops, result))) {
        collected.set(path, tf.keep(tf.clone(value)));
      }
      return collected;
    });
    return Object.fromEntries(await this.#read(results));
  }

  async compute(batch: Batch, { values, draw }: ComputeRequest): Promise<readonly TensorValue[]> {
    const data = new Set(this.#plan.datasets.map(({ path }) => path));
    const given = new Set(
      Object.keys(batch.values).filter((key) => !data.has(key.slice(0, key.lastIndexOf('.')))),
    );
    const wanted = values.filter((ref) => !given.has(refKey(ref))).map(({ path }) => path);
    const results = this.#compute(() => {
      const environment = this.#environment(batch, false);
      const result = runForward(
        this.#plan,
        { ...environment, given, random: this.#drawnBy(draw) },
        dependencies(this.#plan, wanted, given),
      );
      return new Map(
        values.map((ref, index) => [String(index), tf.keep(tf.cast(tf.clone(result.value(ref)), 'float32'))]),
      );
    });
    return [...(await this.#read(results)).values()];
  }

  async findNonFinite(batch: Batch): Promise<readonly PassValue[]> {
    const values: PassValue[] = [];
    const results = this.#compute(() => {
      const collected: Results = new Map();
      inspectPass(
        this.#plan,
        this.#environment(batch, true),
        (key) => this.#variable(key),
        (value, tensor) => {
          collected.set(String(values.length), tf.keep(tf.clone(tensor)));
          values.push(value);
        },
      );
      return collected;
    });
    const read = await this.#read(results);
    return values.filter((_, index) => !read.get(String(index))?.data.every(Number.isFinite));
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

  /** Loss and metric sums; changes nothing. */
  async #figures(batch: Batch, training: boolean, draw: number): Promise<StepResult> {
    const results = this.#compute(() => {
      const collected: Results = new Map();
      const environment = { ...this.#environment(batch, training), random: this.#drawnBy(draw) };
      this.#collectStep(runForward(this.#plan, environment), collected);
      return collected;
    });
    return stepResult(figuresOf(await this.#read(results)));
  }

  /**
   * One optimiser's turn; what it returns and the new variables outlive the scope. The step's figures are those of
   * its first turn.
   */
  #turn(
    batch: Batch,
    optimizer: PlanOptimizer,
    turn: OptimizerTurn & { readonly learningRate: number; readonly first: boolean },
  ): Results {
    if (turn.kind === 'none') throw new Error(`${optimizer.path} has no turn in this step`);
    const weights = trainedWeights(this.#plan, optimizer.path);
    const scope = trainedPaths(this.#plan, optimizer);
    const running = new Map<string, tf.Tensor>();
    const environment = this.#environment(batch, true, (path, state, value) => {
      if (scope.has(path)) running.set(weightKey(path, state), tf.keep(tf.clone(value)));
    });
    const results: Results = new Map();
    const gradients = gradientsOf(
      () => {
        const paths = turn.first ? undefined : dependencies(this.#plan, [optimizer.loss.path]);
        const forward = runForward(this.#plan, environment, paths);
        const loss = forward.value(optimizer.loss);
        if (turn.first) this.#collectStep(forward, results);
        else results.set(`loss/${optimizer.path}`, tf.keep(tf.clone(loss)));
        return loss;
      },
      weights.map(({ key }) => this.#variable(key)),
    );
    const found = weights.flatMap(({ key }, index) => {
      const gradient = gradients[index];
      return gradient ? [{ weight: key, gradient }] : [];
    });
    const target = eagerUpdates({
      value: (key) => this.#variable(key),
      assign: (key, value) => this.#set(key, value),
      ...turn,
    });
    applyGradients(target, optimizer, turn.kind, found);
    for (const [key, value] of running) this.#set(key, value);
    return results;
  }

  #collectStep(forward: ForwardResult, results: Results): void {
    results.set('loss', tf.keep(tf.clone(totalLoss(this.#plan, forward))));
    for (const [path, loss] of optimizerLosses(this.#plan, forward)) {
      results.set(`loss/${path}`, tf.keep(tf.clone(loss)));
    }
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
      weight: (path, name) => {
        const key = weightKey(path, name);
        return this.#variable(training ? key : (this.#averages.get(key) ?? key));
      },
      input: (ref) => {
        const value = batch.values[refKey(ref)];
        if (!value) throw new Error(`the batch has no values for ${refKey(ref)}`);
        return tf.tensor(value.data, [...value.shape], value.dtype);
      },
      random: this.#drawnBy(this.#step),
      update,
      enter: () => undefined,
    };
  }

  /** Keyed like the native runtime's draws (seed, path, call, step), from another generator. */
  #drawnBy =
    (step: number) =>
    (path: string): RandomOps => {
      let call = 0;
      const draw = (shape: readonly number[], normal: boolean): tf.Tensor => {
        const random = createRandom(this.#seed, `${path}#${call}@${step}`);
        call += 1;
        const size = shape.reduce((product, dim) => product * dim, 1);
        const values = Float32Array.from({ length: size }, () =>
          normal ? random.normal() : random.uniform(),
        );
        return tf.tensor(values, [...shape], 'float32');
      };
      const uniform: RandomOps['uniform'] = (shape) => draw(shape, false);
      return { uniform, normal: (shape) => draw(shape, true), dropped: droppedBy(uniform) };
    };

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

const figuresOf = (values: ReadonlyMap<string, TensorValue>): [string, ArrayLike<number>][] =>
  [...values].map(([name, { data }]) => [name, data]);
