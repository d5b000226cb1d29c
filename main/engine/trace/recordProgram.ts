import * as tf from '@tensorflow/tfjs-core';
import type { Plan, PlanOptimizer, ValueRef } from '#shared/compile/plan.ts';
import type { Ops, RandomOps } from '#shared/nodes/ops.ts';
import { type OperationRef, TfType } from '../addon/neuroloomAddon.ts';
import { hashText } from '../data/random.ts';
import { droppedBy } from '../ops/dropped.ts';
import { runNative } from '../ops/nativeKernels.ts';
import { gradientsOf } from '../ops/tapeGradient.ts';
import type { PassValue } from '../runtime.ts';
import { applyGradients } from './applyGradients.ts';
import { DataInputs, type InputSpecs, type ProgramInput } from './dataInputs.ts';
import {
  dependencies,
  type ForwardEnvironment,
  type ForwardResult,
  optimizerLosses,
  predictions,
  readAnswer,
  refKey,
  runForward,
  totalLoss,
} from './forward.ts';
import type { GraphBuilder } from './graphBuilder.ts';
import { inspectPass } from './inspectPass.ts';
import { UpdateRecorder } from './recordUpdates.ts';
import type { StepScalar } from './resourceUpdates.ts';
import type { SymbolicBackend } from './symbolicBackend.ts';
import type { VariableStore } from './variableStore.ts';
import { averagedKeys, trainedPaths, trainedWeights, weightKey } from './variables.ts';
import type { WeightSource } from './weightSource.ts';

/** Operations of a graph that make up one call: what to feed, what comes back, what to run. */
export interface Program {
  readonly inputs: readonly ProgramInput[];
  /** Placeholder of the step counter, where the program draws random numbers. */
  readonly step: number | undefined;
  readonly scalars: readonly StepScalar[];
  /** Names of the fetched values, in order: `loss`, `loss/<optimiser path>`, `sum/<metric path>/<sum>`, `prediction/<loss path>`. */
  readonly names: readonly string[];
  readonly fetches: readonly number[];
  readonly targets: readonly OperationRef[];
}

export interface RecordArgs {
  readonly plan: Plan;
  readonly ops: Ops;
  /** Whether the addon's own operations may be recorded: on processors, and not for graphs that are to run elsewhere. */
  readonly addonKernels: boolean;
  readonly backend: SymbolicBackend;
  readonly graph: GraphBuilder;
  readonly weights: WeightSource;
  readonly inputs: InputSpecs;
  readonly seed: number;
  /** Prefix of the operations' names; unique within the graph. */
  readonly name: string;
}

export interface RecordTrainingArgs extends RecordArgs {
  readonly weights: VariableStore;
}

/**
 * One optimiser's turn: forward, gradients of its loss over its scope, which are added up or update in place.
 * The step's figures are those of its first turn; a later one computes no more than its own loss.
 */
export function recordTraining(
  args: RecordTrainingArgs,
  optimizer: PlanOptimizer,
  { kind, first }: { readonly kind: 'accumulate' | 'update'; readonly first: boolean },
): Program {
  return record(args, true, (recorder) => {
    const weights = trainedWeights(args.plan, optimizer.path);
    const tensors = weights.map(({ key }) => recorder.weight(key));
    const running: { key: string; value: tf.Tensor }[] = [];
    const scope = trainedPaths(args.plan, optimizer);
    const environment = recorder.environment((path, state, value) => {
      if (scope.has(path)) {
        running.push({ key: weightKey(path, state), value: tf.keep(value) });
      }
    });
    const gradients = gradientsOf(() => {
      const paths = first ? undefined : dependencies(args.plan, [optimizer.loss.path]);
      const result = runForward(args.plan, environment, paths);
      environment.enter(optimizer.path);
      const loss = result.value(optimizer.loss);
      if (first) recorder.fetchStep(result);
      else recorder.fetch(`loss/${optimizer.path}`, loss);
      return loss;
    }, tensors);
    args.graph.scope = `${args.name}/${optimizer.path}`;
    // A gradient may not depend on its own weight's read (mean(D(x))), so that nothing but these
    // control inputs keeps an update from running before another operation reads the weight.
    const updates = new UpdateRecorder({
      graph: args.graph,
      backend: args.backend,
      variables: args.weights,
      read: (key) => recorder.weight(key),
      reads: recorder.reads,
      addonKernels: args.addonKernels,
    });
    // A weight that the loss does not depend on has no gradient and stays as it is, as in PyTorch.
    const found = weights.flatMap(({ key }, index) => {
      const gradient = gradients[index];
      return gradient ? [{ weight: key, gradient }] : [];
    });
    applyGradients(updates, optimizer, kind, found);
    for (const { key, value } of running) updates.assign(key, value);
    return { scalars: updates.scalars, targets: updates.targets };
  });
}

/** Loss and metric sums of a training step in which no optimiser has its turn. */
export function recordIdleStep(args: RecordArgs): Program {
  return record(args, true, (recorder) => {
    recorder.fetchStep(runForward(args.plan, recorder.environment()));
    return { scalars: [], targets: [] };
  });
}

/** For each value of a training pass whether it is finite; `values` are in the order of the fetches. */
export function recordInspection(args: RecordArgs, values: PassValue[]): Program {
  return record(args, true, (recorder) => {
    const flags: tf.Tensor[] = [];
    inspectPass(
      args.plan,
      recorder.environment(),
      (key) => recorder.weight(key),
      (value, tensor) => {
        values.push(value);
        flags.push(tf.keep(tf.min(tf.cast(tf.isFinite(tensor), 'float32'))));
      },
    );
    for (const [index, flag] of flags.entries()) recorder.fetch(`finite/${index}`, flag);
    return { scalars: [], targets: [] };
  });
}

/** Loss and metric sums without training; changes nothing. */
export function recordEvaluation(args: RecordArgs): Program {
  return record(args, false, (recorder) => {
    recorder.fetchStep(runForward(args.plan, recorder.environment()));
    return { scalars: [], targets: [] };
  });
}

/** The predictions alone, of the data ports they depend on. */
export function recordPrediction(args: RecordArgs): Program {
  return record(args, false, (recorder) => {
    const paths = dependencies(
      args.plan,
      args.plan.predictions.map(({ value }) => value.path),
    );
    const result = runForward(args.plan, recorder.environment(), paths);
    for (const [path, value] of Object.entries(predictions(args.plan, args.ops, result))) {
      recorder.fetch(`prediction/${path}`, value);
    }
    return { scalars: [], targets: [] };
  });
}

/** What output ports hold, by `value/<number>`; inputs of ports that are not data stand in for what is computed there. */
export function recordValues(args: RecordArgs, values: readonly ValueRef[]): Program {
  return record(args, false, (recorder) => {
    const data = new Set(args.plan.datasets.map(({ path }) => path));
    const given = new Set(
      [...args.inputs.keys()].filter((key) => !data.has(key.slice(0, key.lastIndexOf('.')))),
    );
    const paths = dependencies(
      args.plan,
      values.filter((ref) => !given.has(refKey(ref))).map(({ path }) => path),
      given,
    );
    const result = runForward(args.plan, { ...recorder.environment(), given }, paths);
    for (const [index, ref] of values.entries()) {
      recorder.fetch(`value/${index}`, args.ops.cast(result.value(ref), 'float32'));
    }
    return { scalars: [], targets: [] };
  });
}

/**
 * The predictions as an export names them: `logits` and `probabilities` where a loss reads its
 * input by softmax, `prediction` elsewhere; with several losses each name begins with its loss.
 */
export function recordExport(args: RecordArgs): Program {
  return record(args, false, (recorder) => {
    const { plan, ops } = args;
    const paths = dependencies(
      plan,
      plan.predictions.map(({ value }) => value.path),
    );
    const result = runForward(plan, recorder.environment(), paths);
    for (const prediction of plan.predictions) {
      const prefix = plan.predictions.length === 1 ? '' : `${prediction.lossPath}_`;
      const value = result.value(prediction.value);
      if (prediction.activation === 'linear') {
        recorder.fetch(`${prefix}prediction`, value);
      } else {
        recorder.fetch(`${prefix}logits`, value);
        recorder.fetch(`${prefix}probabilities`, readAnswer(ops, prediction.activation, value));
      }
    }
    return { scalars: [], targets: [] };
  });
}

function record(
  args: RecordArgs,
  training: boolean,
  body: (recorder: Recorder) => Pick<Program, 'scalars' | 'targets'>,
): Program {
  args.graph.scope = args.name;
  return args.backend.trace(args.graph, () => {
    const recorder = new Recorder(args, training);
    const { scalars, targets } = body(recorder);
    const program = recorder.program();
    return { ...program, scalars: [...program.scalars, ...scalars], targets };
  });
}

/** Collects the inputs, reads and results of one program while its forward functions run. */
class Recorder {
  readonly reads: OperationRef[] = [];
  readonly #args: RecordArgs;
  readonly #training: boolean;
  /** Moving averages that stand for weights, by key. */
  readonly #averages: ReadonlyMap<string, string>;
  readonly #weights = new Map<string, tf.Tensor>();
  readonly #data: DataInputs;
  readonly #fetches: { name: string; output: number }[] = [];
  #step: { output: number; tensor: tf.Tensor } | undefined;

  constructor(args: RecordArgs, training: boolean) {
    this.#args = args;
    this.#training = training;
    this.#averages = training ? new Map() : averagedKeys(args.plan);
    this.#data = new DataInputs(args.graph, args.backend, args.inputs);
  }

  environment(update: ForwardEnvironment['update'] = () => undefined): ForwardEnvironment {
    const { graph, backend, name } = this.#args;
    return {
      ops: this.#args.ops,
      training: this.#training,
      weight: (path, weight) => {
        const key = weightKey(path, weight);
        return this.weight(this.#averages.get(key) ?? key);
      },
      input: (ref) => this.#data.tensor(ref),
      random: (path) => this.#random(path),
      update,
      enter: (path) => {
        backend.node = path;
        graph.scope = `${name}/${path}`;
      },
    };
  }

  /** One read of a variable serves the whole program, so that it sees one state throughout. */
  weight(key: string): tf.Tensor {
    const known = this.#weights.get(key);
    if (known) return known;
    const { graph, weights, backend } = this.#args;
    const read = weights.read(graph, key);
    const [output] = read.outputs;
    if (!output) throw new Error(`${key} could not be read`);
    this.reads.push(read.operation);
    const tensor = tf.keep(backend.tensorOf({ ...output, shape: weights.shape(key) }));
    this.#weights.set(key, tensor);
    return tensor;
  }

  fetch(name: string, tensor: tf.Tensor): void {
    this.#fetches.push({ name, output: this.#args.backend.outputOf(tensor) });
  }

  fetchStep(result: ForwardResult): void {
    this.fetch('loss', totalLoss(this.#args.plan, result));
    for (const [path, loss] of optimizerLosses(this.#args.plan, result)) this.fetch(`loss/${path}`, loss);
    for (const [path, sums] of Object.entries(result.metrics)) {
      for (const [sum, tensor] of Object.entries(sums)) this.fetch(`sum/${path}/${sum}`, tensor);
    }
  }

  program(): Omit<Program, 'targets'> {
    return {
      scalars: this.#data.scalars,
      inputs: this.#data.inputs,
      step: this.#step?.output,
      names: this.#fetches.map(({ name }) => name),
      fetches: this.#fetches.map(({ output }) => output),
    };
  }

  /** Stateless draws: the same seed, path, call and step give the same numbers. */
  #random(path: string): RandomOps {
    let call = 0;
    const nextSeed = (): tf.Tensor => {
      const stream = (this.#args.seed ^ hashText(`${path}#${call}`)) | 0;
      call += 1;
      return tf.stack([tf.scalar(stream, 'int32'), this.#stepTensor()]);
    };
    const draw = (kernel: string, shape: readonly number[]): tf.Tensor =>
      runNative(kernel, { shape: tf.tensor1d([...shape], 'int32'), seed: nextSeed() });
    const uniform: RandomOps['uniform'] = (shape) => draw('StatelessRandomUniform', shape);
    return {
      uniform,
      normal: (shape) => draw('StatelessRandomNormal', shape),
      // TensorFlow draws on one thread, and what it draws is read twice more.
      dropped: this.#args.addonKernels
        ? (x, rate) => runNative('NeuroloomDropout', { x, seed: nextSeed() }, { rate })
        : droppedBy(uniform),
    };
  }

  #stepTensor(): tf.Tensor {
    if (!this.#step) {
      const placeholder = this.#args.graph.placeholder(TfType.int32, []);
      const tensor = tf.keep(this.#args.backend.tensorOf({ ...placeholder, shape: [] }));
      this.#step = { output: placeholder.id, tensor };
    }
    return this.#step.tensor;
  }
}
