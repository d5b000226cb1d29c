import type { Plan, PlanOptimizer } from '#shared/compile/plan.ts';
import type { Ops } from '#shared/nodes/ops.ts';
import { optimizerSettings } from '#shared/nodes/optimizerSettings.ts';
import { type TurnSettings, turnAt } from '#shared/nodes/optimizerTurn.ts';
import type { Explanation } from '#shared/protocol/explanation.ts';
import type { RuntimeInfo, TensorValue } from '#shared/protocol/run.ts';
import {
  type CallHandle,
  type FetchedTensor,
  type NeuroloomAddon,
  type SessionHandle,
  type TensorData,
  TfType,
} from '../../addon/neuroloomAddon.ts';
import { createNativeOps } from '../../ops/nativeOps.ts';
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
import { inputData, inputSpecs, specsKey } from '../../trace/dataInputs.ts';
import { evaluationDraw } from '../../trace/evaluationDraw.ts';
import { refKey } from '../../trace/forward.ts';
import { GraphBuilder } from '../../trace/graphBuilder.ts';
import {
  type Program,
  type RecordTrainingArgs,
  recordEvaluation,
  recordIdleStep,
  recordInspection,
  recordPrediction,
  recordTraining,
  recordValues,
} from '../../trace/recordProgram.ts';
import { ResidentStore } from '../../trace/residentStore.ts';
import { joinTurns, stepResult } from '../../trace/stepResult.ts';
import type { SymbolicBackend } from '../../trace/symbolicBackend.ts';
import { VariableStore } from '../../trace/variableStore.ts';
import { checkState, variableSpecs } from '../../trace/variables.ts';
import { describeOptions, executedOperations, operationTimes, timeOptions } from './runDescription.ts';
import { defaultExecution, runOptions, sessionConfig } from './sessionConfig.ts';

/** Runs of a program of which the fastest tells where the time goes. */
const TIMED_RUNS = 8;

interface PreparedProgram {
  readonly name: string;
  readonly program: Program;
  readonly call: CallHandle;
  readonly recorded: Readonly<Record<string, number>>;
  readonly recordMs: number;
  firstRunMs: number | undefined;
}

export interface TensorFlowSessionArgs {
  readonly addon: NeuroloomAddon;
  readonly backend: SymbolicBackend;
  /** Threads that one operation may use. */
  readonly threads: number;
  readonly info: RuntimeInfo;
  readonly plan: Plan;
  readonly options: SessionOptions;
}

/** A plan as one TensorFlow session: every program is recorded once per batch shape and shares the variables. */
export class TensorFlowSession implements Session {
  readonly info: RuntimeInfo;
  readonly takesCompact: boolean;
  readonly #addon: NeuroloomAddon;
  readonly #resident: ResidentStore | undefined;
  readonly #backend: SymbolicBackend;
  readonly #plan: Plan;
  readonly #seed: number;
  readonly #addonKernels: boolean;
  readonly #ops: Ops;
  readonly #graph: GraphBuilder;
  readonly #session: SessionHandle;
  readonly #runOptions: Uint8Array | undefined;
  readonly #variables: VariableStore;
  readonly #programs = new Map<string, PreparedProgram>();
  /** What the fetches of an inspection stand for. */
  readonly #inspected = new Map<PreparedProgram, readonly PassValue[]>();
  /** When each optimiser has its turn, in the plan's order. */
  readonly #turns: readonly TurnSettings[];
  #step = 0;

  static async create(args: TensorFlowSessionArgs): Promise<TensorFlowSession> {
    const session = new TensorFlowSession(args);
    const values = new Map<string, TensorData>();
    for (const spec of session.#variables.specs) {
      const size = spec.shape.reduce((product, dim) => product * dim, 1);
      const initial = args.options.initialWeights.get(spec.startsAs ?? spec.key);
      if (!initial && spec.role !== 'slot') throw new Error(`${spec.key} has no starting values`);
      values.set(spec.key, initial ?? new Float32Array(size));
    }
    if (values.size > 0) await session.#variables.assign(values);
    await session.#resident?.upload(args.addon, session.#session);
    return session;
  }

  private constructor({ addon, backend, threads, info, plan, options }: TensorFlowSessionArgs) {
    const execution = options.execution ?? defaultExecution;
    this.info = info;
    this.#addon = addon;
    this.#backend = backend;
    this.#plan = plan;
    this.#seed = options.seed;
    this.#addonKernels = info.id === 'tensorflow-cpu';
    this.#ops = createNativeOps({ addonKernels: this.#addonKernels });
    this.#turns = plan.optimizers.map(({ params }) => optimizerSettings(params));
    this.#graph = new GraphBuilder(addon);
    this.#session = addon.createSession(this.#graph.handle, sessionConfig(execution, threads));
    this.#runOptions = runOptions(execution);
    this.#variables = new VariableStore(addon, this.#graph, this.#session, variableSpecs(plan));
    this.takesCompact = options.resident !== undefined;
    if (options.resident) this.#resident = new ResidentStore(this.#graph, options.resident);
  }

  async trainStep(batch: Batch, learningRates: Readonly<Record<string, number>>): Promise<StepResult> {
    const taken: PlanOptimizer[] = [];
    const turns: StepResult[] = [];
    for (const [index, optimizer] of this.#plan.optimizers.entries()) {
      const { kind, update } = turnAt(this.#step, this.#turns[index] ?? everyStep);
      const learningRate = learningRates[optimizer.path];
      if (learningRate === undefined) throw new Error(`${optimizer.path} has no learning rate`);
      if (kind === 'none') continue;
      const first = taken.length === 0;
      const name = `${kind}/${optimizer.path}${first ? '' : '/later'}`;
      const prepared = this.#prepare(name, batch, (args) => recordTraining(args, optimizer, { kind, first }));
      taken.push(optimizer);
      turns.push(stepResult(named(prepared, await this.#run(prepared, batch, { update, learningRate }))));
    }
    const result = joinTurns(taken, turns) ?? (await this.#figures('idle', batch, recordIdleStep, noTurn));
    this.#step += 1;
    return result;
  }

  async evaluateStep(batch: Batch, place = 0): Promise<StepResult> {
    return this.#figures('evaluate', batch, recordEvaluation, { ...noTurn, step: evaluationDraw(place) });
  }

  async predict(batch: Batch, place?: number): Promise<Readonly<Record<string, TensorValue>>> {
    if (this.#plan.predictions.length === 0) return {};
    const prepared = this.#prepare('predict', batch, recordPrediction);
    const turn = place === undefined ? noTurn : { ...noTurn, step: evaluationDraw(place) };
    const values = await this.#run(prepared, batch, turn);
    return Object.fromEntries(
      prepared.program.names.map((name, index) => [
        name.slice('prediction/'.length),
        floatValue(values[index], name),
      ]),
    );
  }

  async compute(batch: Batch, { values, draw }: ComputeRequest): Promise<readonly TensorValue[]> {
    const prepared = this.#prepare(`values/${values.map(refKey).join('/')}`, batch, (args) =>
      recordValues(args, values),
    );
    const fetched = await this.#run(prepared, batch, { ...noTurn, step: draw });
    return prepared.program.names.map((name, index) => floatValue(fetched[index], name));
  }

  async findNonFinite(batch: Batch): Promise<readonly PassValue[]> {
    const recorded: PassValue[] = [];
    const prepared = this.#prepare('inspect', batch, (args) => recordInspection(args, recorded));
    const values = this.#inspected.get(prepared) ?? recorded;
    this.#inspected.set(prepared, values);
    const flags = await this.#run(prepared, batch);
    return values.filter((_, index) => Number(flags[index]?.data[0]) !== 1);
  }

  async readState(): Promise<SessionState> {
    const values = await this.#variables.readAll();
    const tensors = new Map<string, StateTensor>();
    for (const spec of this.#variables.specs) {
      const data = values.get(spec.key);
      if (!data) throw new Error(`${spec.key} could not be read`);
      tensors.set(spec.key, { shape: [...spec.shape], data, role: spec.role });
    }
    return { step: this.#step, tensors };
  }

  async writeState(state: SessionState): Promise<void> {
    const specs = this.#variables.specs;
    checkState(specs, state.tensors);
    const values = new Map<string, TensorData>();
    for (const spec of specs) {
      const tensor = state.tensors.get(spec.key);
      if (tensor) values.set(spec.key, tensor.data);
    }
    if (values.size > 0) await this.#variables.assign(values);
    this.#step = state.step;
  }

  async describePrograms(batch: Batch): Promise<Explanation['programs']> {
    if (this.#plan.optimizers.length > 0) {
      const rates = this.#plan.optimizers.map(({ path }) => [path, 0]);
      await this.trainStep(batch, Object.fromEntries(rates));
    }
    await this.evaluateStep(batch);
    await this.predict(batch);
    const programs: Explanation['programs'] = [];
    for (const prepared of this.#programs.values()) {
      const { name, call, recorded, recordMs, firstRunMs = 0 } = prepared;
      const metadata = await this.#addon.describeRun(call, this.#feeds(prepared, batch), describeOptions());
      programs.push({
        name,
        recorded,
        executed: executedOperations(metadata),
        times: await this.#operationTimes(prepared, batch),
        recordMs,
        firstRunMs,
      });
    }
    return programs;
  }

  /** Milliseconds by type of operation in the fastest of a few runs. */
  async #operationTimes(prepared: PreparedProgram, batch: Batch): Promise<Record<string, number>> {
    const options = timeOptions(this.#runOptions !== undefined);
    let best: Record<string, number> = {};
    let least = Number.POSITIVE_INFINITY;
    for (let run = 0; run < TIMED_RUNS; run += 1) {
      const metadata = await this.#addon.describeRun(prepared.call, this.#feeds(prepared, batch), options);
      const times = operationTimes(metadata);
      const sum = Object.values(times).reduce((all, ms) => all + ms, 0);
      if (sum < least) [best, least] = [times, sum];
    }
    return best;
  }

  dispose(): void {
    this.#programs.clear();
    this.#addon.closeSession(this.#session);
  }

  async #figures(
    kind: string,
    batch: Batch,
    record: (args: RecordTrainingArgs) => Program,
    turn: Turn,
  ): Promise<StepResult> {
    const prepared = this.#prepare(kind, batch, record);
    return stepResult(named(prepared, await this.#run(prepared, batch, turn)));
  }

  #prepare(
    kind: string,
    batch: Batch,
    recordProgram: (args: RecordTrainingArgs) => Program,
  ): PreparedProgram {
    const inputs = inputSpecs(batch, this.#resident);
    const key = `${kind} ${specsKey(inputs)}`;
    const known = this.#programs.get(key);
    if (known) return known;
    const from = performance.now();
    const before = { ...this.#graph.counts };
    const program = recordProgram({
      plan: this.#plan,
      ops: this.#ops,
      addonKernels: this.#addonKernels,
      backend: this.#backend,
      graph: this.#graph,
      weights: this.#variables,
      inputs,
      seed: this.#seed,
      name: `program${this.#programs.size}/${kind}`,
    });
    const scalar = (output: number, dtype: number) => ({ output, dtype, shape: [] });
    const call = this.#addon.prepareCall(
      this.#session,
      [
        ...program.inputs.map(({ output, dtype, shape }) => ({ output, dtype: TfType[dtype], shape })),
        ...(program.step === undefined ? [] : [scalar(program.step, TfType.int32)]),
        ...program.scalars.map(({ output }) => scalar(output, TfType.float32)),
      ],
      program.fetches,
      program.targets,
      this.#runOptions,
    );
    const recorded: Record<string, number> = {};
    for (const [type, count] of Object.entries(this.#graph.counts)) {
      const added = count - (before[type] ?? 0);
      if (added > 0) recorded[type] = added;
    }
    const prepared: PreparedProgram = {
      name: kind,
      program,
      call,
      recorded,
      recordMs: performance.now() - from,
      firstRunMs: undefined,
    };
    this.#programs.set(key, prepared);
    return prepared;
  }

  async #run(prepared: PreparedProgram, batch: Batch, turn?: Turn): Promise<FetchedTensor[]> {
    const data = this.#feeds(prepared, batch, turn);
    if (prepared.firstRunMs !== undefined) return this.#addon.runCall(prepared.call, data);
    const from = performance.now();
    const values = await this.#addon.runCall(prepared.call, data);
    prepared.firstRunMs = performance.now() - from;
    return values;
  }

  #feeds({ program }: PreparedProgram, batch: Batch, turn: Turn = noTurn) {
    const data: TensorData[] = program.inputs.map((input) => inputData(batch, input));
    if (program.step !== undefined) data.push(Int32Array.of(turn.step ?? this.#step));
    for (const scalar of program.scalars) {
      data.push(Float32Array.of(scalar.value(turn.update, turn.learningRate)));
    }
    return data;
  }
}

interface Turn {
  readonly update: number;
  readonly learningRate: number;
  /** What random numbers are drawn by; the session's own count of steps where absent. */
  readonly step?: number;
}

const noTurn: Turn = { update: 1, learningRate: 0 };

const everyStep: TurnSettings = { every: 1, accumulate: 1, after: 0, until: 0 };

const named = (
  { program }: PreparedProgram,
  values: readonly FetchedTensor[],
): [string, ArrayLike<number | bigint>][] =>
  program.names.map((name, index) => [name, values[index]?.data ?? []]);

function floatValue(tensor: FetchedTensor | undefined, name: string): TensorValue {
  if (!(tensor?.data instanceof Float32Array)) throw new Error(`${name} is not a float32 tensor`);
  return { shape: [...tensor.shape], data: tensor.data };
}
