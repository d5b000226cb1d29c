import {
  AttrType,
  type GraphHandle,
  type NativeTensor,
  type NeuroloomAddon,
  type OpAttribute,
  type OperationRef,
  type OutputInfo,
  type OutputRef,
  type TensorData,
  TfType,
} from '../addon/neuroloomAddon.ts';

export type OperationInput = OutputRef | readonly OutputRef[];

/** One operation as it was added: enough to add it again to another graph. */
export interface RecordedOperation {
  readonly type: string;
  readonly name: string;
  readonly inputs: readonly OperationInput[];
  readonly attributes: readonly OpAttribute[];
  readonly operation: OperationRef;
  readonly outputs: readonly OutputInfo[];
}

export interface AddedOperation {
  readonly operation: OperationRef;
  readonly outputs: readonly OutputInfo[];
}

/** Adds operations to a TensorFlow graph, each under a name that says where it comes from. */
export class GraphBuilder {
  readonly handle: GraphHandle;
  /** Every operation so far, in order, where recording was asked for. */
  readonly recorded: RecordedOperation[] = [];
  readonly #addon: NeuroloomAddon;
  readonly #names = new Map<string, number>();
  readonly #record: boolean;
  /** Operations so far by type. */
  readonly counts: Record<string, number> = {};
  /** Operations are named `<scope>/<type>_<n>`. */
  scope = 'graph';

  constructor(addon: NeuroloomAddon, options: { record?: boolean } = {}) {
    this.#addon = addon;
    this.handle = addon.createGraph();
    this.#record = options.record ?? false;
  }

  add(
    type: string,
    inputs: readonly OperationInput[],
    attributes: readonly OpAttribute[],
    options: { controls?: readonly OperationRef[]; name?: string } = {},
  ): AddedOperation {
    const name = options.name ?? this.#uniqueName(type);
    const added = this.#addon.addOperation(
      this.handle,
      type,
      name,
      inputs,
      options.controls ?? [],
      attributes,
    );
    this.counts[type] = (this.counts[type] ?? 0) + 1;
    if (this.#record) this.recorded.push({ type, name, inputs, attributes, ...added });
    return added;
  }

  /** An operation with exactly one output. */
  addValue(
    type: string,
    inputs: readonly OperationInput[],
    attributes: readonly OpAttribute[],
    options: { controls?: readonly OperationRef[]; name?: string } = {},
  ): OutputInfo {
    const [output] = this.add(type, inputs, attributes, options).outputs;
    if (!output) throw new Error(`${type} has no output`);
    return output;
  }

  placeholder(dtype: number, shape: readonly number[], name?: string): OutputInfo {
    return this.addValue(
      'Placeholder',
      [],
      [typeAttr('dtype', dtype), shapeAttr('shape', shape)],
      name === undefined ? {} : { name },
    );
  }

  constant(dtype: number, shape: readonly number[], data: TensorData): OutputInfo {
    return this.addValue(
      'Const',
      [],
      [typeAttr('dtype', dtype), tensorAttr('value', { dtype, shape, data })],
    );
  }

  graphDef(): Uint8Array {
    return this.#addon.graphDef(this.handle);
  }

  #uniqueName(type: string): string {
    const base = `${this.scope}/${type}`;
    const count = this.#names.get(base) ?? 0;
    this.#names.set(base, count + 1);
    return count === 0 ? base : `${base}_${count}`;
  }
}

export const typeAttr = (name: string, value: number): OpAttribute => ({ name, type: AttrType.type, value });
export const boolAttr = (name: string, value: boolean): OpAttribute => ({ name, type: AttrType.bool, value });
export const intAttr = (name: string, value: number | number[]): OpAttribute => ({
  name,
  type: AttrType.int,
  value,
});
export const floatAttr = (name: string, value: number): OpAttribute => ({
  name,
  type: AttrType.float,
  value,
});
export const stringAttr = (name: string, value: string): OpAttribute => ({
  name,
  type: AttrType.string,
  value,
});
export const shapeAttr = (name: string, value: readonly number[]): OpAttribute => ({
  name,
  type: AttrType.shape,
  value: [...value],
});
export const tensorAttr = (name: string, value: NativeTensor): OpAttribute => ({
  name,
  type: AttrType.tensor,
  value,
});
export const float32Type = typeAttr('T', TfType.float32);
