import type { TFEOpAttr, TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding.js';

/** TensorFlow's numbers for the element types in use (tensorflow/c/tf_datatype.h). */
export const TfType = {
  float32: 1,
  int32: 3,
  uint8: 4,
  string: 7,
  int64: 9,
  bool: 10,
  resource: 20,
} as const;
/** TensorFlow's numbers for kinds of attributes (TF_AttrType). */
export const AttrType = { string: 0, int: 1, float: 2, bool: 3, type: 4, shape: 5, tensor: 6 } as const;

declare const handleKind: unique symbol;
/** Owned by the addon; freed when nothing refers to it any more. */
interface Handle<Kind extends string> {
  readonly [handleKind]: Kind;
}
export type GraphHandle = Handle<'graph'>;
export type SessionHandle = Handle<'session'>;
export type CallHandle = Handle<'call'>;

/** Number of an output: operation × 65536 + index. */
export type OutputRef = number;
export type OperationRef = number;

/** `shape` is null where the rank is unknown before the graph runs, a dimension -1 where its size is. */
export interface OutputInfo {
  readonly id: OutputRef;
  readonly dtype: number;
  readonly shape: readonly number[] | null;
}

export type TensorData = Float32Array | Int32Array | Uint8Array | BigInt64Array;
export interface NativeTensor {
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** What a call gives back, in memory of its own. */
export interface FetchedTensor extends NativeTensor {
  readonly data: Float32Array<ArrayBuffer> | Int32Array | Uint8Array | BigInt64Array;
}

/** As tfjs-node's kernels write attributes, plus tensors. Arrays are lists, but for shapes. */
export type OpAttribute =
  | TFEOpAttr
  | { readonly name: string; readonly type: number; readonly value: NativeTensor | null };

/** main/engine/addon: TensorFlow.js' own binding, and graphs and sessions beside it. */
export interface NeuroloomAddon extends TFJSBinding {
  createGraph(): GraphHandle;
  /** An input is an output's number, or a list of them where the operation takes a list. */
  addOperation(
    graph: GraphHandle,
    type: string,
    name: string,
    inputs: readonly (OutputRef | readonly OutputRef[])[],
    controlInputs: readonly OperationRef[],
    attributes: readonly OpAttribute[],
  ): { operation: OperationRef; outputs: OutputInfo[] };
  /** The graph as a serialised tensorflow.GraphDef. */
  graphDef(graph: GraphHandle): Uint8Array;
  /** `config` is a serialised tensorflow.ConfigProto. The graph may go on growing. */
  createSession(graph: GraphHandle, config: Uint8Array): SessionHandle;
  closeSession(session: SessionHandle): void;
  prepareCall(
    session: SessionHandle,
    feeds: readonly { output: OutputRef; dtype: number; shape: readonly number[] }[],
    fetches: readonly OutputRef[],
    targets: readonly OperationRef[],
    /** A serialised tensorflow.RunOptions. */
    options?: Uint8Array,
  ): CallHandle;
  /**
   * Errors of every function carry TensorFlow's status code as `code` (8 is out of memory).
   * Runs off the main thread; `data` in the order of the feeds, copied before the call returns.
   */
  runCall(call: CallHandle, data: readonly TensorData[]): Promise<FetchedTensor[]>;
  /**
   * The same run with a serialised tensorflow.RunOptions of its own; gives the serialised
   * tensorflow.RunMetadata that they ask for in place of the results.
   */
  describeRun(call: CallHandle, data: readonly TensorData[], options: Uint8Array): Promise<Uint8Array>;
}

const loaded = new Map<string, NeuroloomAddon>();

/** Loads `addon/neuroloom.node` of a runtime pack. Throws with the loader's message where it cannot. */
export function loadAddon(path: string): NeuroloomAddon {
  const known = loaded.get(path);
  if (known) return known;
  const module: { exports: unknown } = { exports: {} };
  process.dlopen(module, path);
  const addon = module.exports as NeuroloomAddon;
  loaded.set(path, addon);
  return addon;
}
