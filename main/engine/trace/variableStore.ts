import {
  type NeuroloomAddon,
  type OperationRef,
  type SessionHandle,
  type TensorData,
  TfType,
} from '../addon/neuroloomAddon.ts';
import { type AddedOperation, type GraphBuilder, shapeAttr, stringAttr, typeAttr } from './graphBuilder.ts';
import type { VariableSpec } from './variables.ts';
import type { WeightSource } from './weightSource.ts';

interface Variable {
  readonly spec: VariableSpec;
  /** The resource handle. */
  readonly handle: number;
  readonly read: number;
  readonly assign: OperationRef;
  readonly assigned: number;
}

const float32 = typeAttr('dtype', TfType.float32);

/** The float32 variables of a session, as TensorFlow resources that all its programs share. */
export class VariableStore implements WeightSource {
  readonly #addon: NeuroloomAddon;
  readonly #session: SessionHandle;
  readonly #variables = new Map<string, Variable>();

  constructor(
    addon: NeuroloomAddon,
    graph: GraphBuilder,
    session: SessionHandle,
    specs: readonly VariableSpec[],
  ) {
    this.#addon = addon;
    this.#session = session;
    graph.scope = 'variables';
    for (const spec of specs) {
      const handle = graph.addValue(
        'VarHandleOp',
        [],
        [float32, shapeAttr('shape', spec.shape), stringAttr('shared_name', spec.key)],
      ).id;
      const read = graph.addValue('ReadVariableOp', [handle], [float32]).id;
      const assigned = graph.placeholder(TfType.float32, spec.shape).id;
      const assign = graph.add('AssignVariableOp', [handle, assigned], [float32]).operation;
      this.#variables.set(spec.key, { spec, handle, read, assign, assigned });
    }
  }

  get specs(): VariableSpec[] {
    return [...this.#variables.values()].map(({ spec }) => spec);
  }

  shape(key: string): readonly number[] {
    return this.#find(key).spec.shape;
  }

  read(graph: GraphBuilder, key: string): AddedOperation {
    return graph.add('ReadVariableOp', [this.handle(key)], [float32]);
  }

  handle(key: string): number {
    return this.#find(key).handle;
  }

  async assign(values: ReadonlyMap<string, TensorData>): Promise<void> {
    const entries = [...values].map(([key, data]) => ({ variable: this.#find(key), data }));
    const call = this.#addon.prepareCall(
      this.#session,
      entries.map(({ variable }) => ({
        output: variable.assigned,
        dtype: TfType.float32,
        shape: variable.spec.shape,
      })),
      [],
      entries.map(({ variable }) => variable.assign),
    );
    await this.#addon.runCall(
      call,
      entries.map(({ data }) => data),
    );
  }

  async readAll(): Promise<Map<string, Float32Array<ArrayBuffer>>> {
    const variables = [...this.#variables.values()];
    // TensorFlow refuses to fetch nothing.
    if (variables.length === 0) return new Map();
    const call = this.#addon.prepareCall(
      this.#session,
      [],
      variables.map(({ read }) => read),
      [],
    );
    const values = await this.#addon.runCall(call, []);
    return new Map(
      variables.map(({ spec }, index) => {
        const data = values[index]?.data;
        if (!(data instanceof Float32Array)) throw new Error(`${spec.key} could not be read`);
        return [spec.key, data];
      }),
    );
  }

  #find(key: string): Variable {
    const variable = this.#variables.get(key);
    if (!variable) throw new Error(`the session has no variable ${key}`);
    return variable;
  }
}
