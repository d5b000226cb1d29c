import type { Plan, ValueRef } from '#shared/compile/plan.ts';
import type { Explanation } from '#shared/protocol/explanation.ts';
import type { ExecutionOptions, RuntimeInfo, TensorValue } from '#shared/protocol/run.ts';
import type { PackedValue, PortValue, Table } from './data/column.ts';

/**
 * What the training loop sees of a rung of the ladder: a plan made executable, with its
 * variables. The native runtime traces each program once and runs it as one TensorFlow session
 * call; the others run the same forward functions eagerly.
 */
export interface Runtime {
  readonly info: RuntimeInfo;
  /** Ways to run programs, its own choice first; absent where there is only one. */
  readonly executions?: readonly ExecutionOptions[];
  createSession(plan: Plan, options: SessionOptions): Promise<Session>;
  /**
   * Writes the prediction with the weights of `state` as a TensorFlow SavedModel into the new folder
   * `dir`. Absent on rungs that cannot build TensorFlow graphs.
   */
  exportSavedModel?(args: {
    readonly plan: Plan;
    readonly state: SessionState;
    readonly dir: string;
  }): Promise<void>;
}

/** Data sets in memory by dataset path. */
export type ResidentTables = Readonly<Record<string, Table>>;

export interface SessionOptions {
  readonly seed: number;
  /**
   * The session may copy these and take row numbers in place of their values; given where the
   * batches can be had in that form.
   */
  readonly resident?: ResidentTables;
  /** How the programs are run; the runtime's own choice where absent. */
  readonly execution?: ExecutionOptions;
  /** Starting values by weight key (`<path>/<weight>`); the session makes slots and the step counter itself. */
  readonly initialWeights: ReadonlyMap<string, Float32Array>;
}

export type BatchValue = PortValue;

/** One batch: the values of every data port, keyed `<path>.<port>`. Programs are cached by its shapes. */
export interface Batch {
  readonly size: number;
  readonly values: Readonly<Record<string, BatchValue>>;
  /** Values as they are stored, by data port: only for a session that takes compact batches. */
  readonly packed?: Readonly<Record<string, PackedValue>>;
  /** Row numbers by dataset path, for data that the session holds. */
  readonly rows?: Readonly<Record<string, Int32Array>>;
}

export interface StepResult {
  /** Mean over the batch; the sum where a plan has several losses. */
  readonly loss: number;
  /** By optimiser path, where a plan has several: each one's loss, of its own turn where it had one. */
  readonly losses?: Readonly<Record<string, number>>;
  /** By metric path: sums that the metric's `finish` turns into a figure. */
  readonly sums: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface StateTensor extends TensorValue {
  readonly role: 'weight' | 'state' | 'slot';
}

/** Everything that must be put back for the next step to be bit for bit the same. */
export interface SessionState {
  readonly step: number;
  /** Weights and running state by `<path>/<weight>`, slots by `<path>/<weight>@<optimiser path>/<slot>`. */
  readonly tensors: ReadonlyMap<string, StateTensor>;
}

/** Values of a network to be looked at. */
export interface ComputeRequest {
  /** Output ports of nodes; what they hold is handed back in this order. */
  readonly values: readonly ValueRef[];
  /** Which random numbers are drawn: the same draw gives the same ones. */
  readonly draw: number;
}

/** Something that a training pass computes: an output (of a data node as well), or a gradient. */
export interface PassValue {
  readonly what: 'output' | 'gradient';
  /** Instance path of the node. */
  readonly path: string;
  /** Output port; of a gradient the weight, or the input port through which it leaves the node. */
  readonly name: string;
}

export interface Session {
  readonly info: RuntimeInfo;
  /** Whether it holds the tables that it was offered, and takes batches with `packed` and `rows`. */
  readonly takesCompact: boolean;
  /** One turn of every optimiser. `learningRates` by optimiser path. */
  trainStep(batch: Batch, learningRates: Readonly<Record<string, number>>): Promise<StepResult>;
  /**
   * Loss and metric sums; changes nothing. Random numbers are those of the place in the evaluation (the first
   * where absent), whatever the step: each batch draws its own, and a second evaluation the same ones.
   */
  evaluateStep(batch: Batch, place?: number): Promise<StepResult>;
  /**
   * Predictions by loss path (probabilities where the loss reads them by softmax), without targets:
   * `batch` needs only the ports that the predictions depend on. With the random numbers of a place in the
   * evaluation they are of what `evaluateStep` measures there; else of the step.
   */
  predict(batch: Batch, place?: number): Promise<Readonly<Record<string, TensorValue>>>;
  /**
   * What output ports hold, computed as in evaluation. The batch has the data ports that they depend on; a
   * value that it has for another port, `<path>.<port>`, stands in for what the node there would compute.
   */
  compute(batch: Batch, request: ComputeRequest): Promise<readonly TensorValue[]>;
  /**
   * What of a training pass over the batch is not finite, in the order in which it is computed:
   * outputs forward, gradients backward. Changes nothing.
   */
  findNonFinite(batch: Batch): Promise<readonly PassValue[]>;
  readState(): Promise<SessionState>;
  writeState(state: SessionState): Promise<void>;
  /**
   * The programs of a training step, an evaluation and a prediction with this batch, as they were
   * recorded and as they run; absent where nothing is compiled. Each runs twice, the training steps too.
   */
  describePrograms?(batch: Batch): Promise<Explanation['programs']>;
  dispose(): void;
}
