import * as tf from '@tensorflow/tfjs-core';
import { NodeJSKernelBackend } from '@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js';
import type { TFEOpAttr } from '@tensorflow/tfjs-node/dist/tfjs_binding.js';
import { AttrType, type NeuroloomAddon, type OutputInfo, TfType } from '../addon/neuroloomAddon.ts';
import { type GraphBuilder, type OperationInput, typeAttr } from './graphBuilder.ts';
import { selectBackend } from './selectBackend.ts';
import { TraceError } from './traceError.ts';

export const SYMBOLIC_BACKEND = 'symbolic';

/** Constants that are not uniform and larger than this are a mistake: data belongs in an input. */
const LARGEST_CONSTANT_BYTES = 1 << 20;
/** Uniform constants of more elements than this are filled in by TensorFlow. */
const LARGEST_PLAIN_UNIFORM = 16;

type Values = Float32Array | Int32Array | Uint8Array;
interface SymbolicValue {
  readonly shape: number[];
  readonly dtype: tf.DataType;
  /** Where the value is in the graph; absent for a constant that no operation has used yet. */
  output: number | undefined;
  /** The numbers of a constant. */
  readonly values: Values | undefined;
  references: number;
}

/** Which of an operation's inputs is a list, by operation: tfjs-node passes all inputs in one row. */
const leadingList = new Set(['AddN', 'ConcatV2', 'Pack']);

/**
 * A TensorFlow.js backend that computes nothing: the kernels of tfjs-node run against it and each
 * operation that they ask for is added to a TensorFlow graph. TensorFlow's shape functions give the
 * shapes. Reading a value, or using a tensor that was not made within the trace, is an error that
 * names the node, so that nothing can be frozen into the graph unnoticed.
 */
export class SymbolicBackend extends NodeJSKernelBackend {
  #graph: GraphBuilder | undefined;
  #data = new WeakMap<object, SymbolicValue>();
  #count = 0;
  /** Instance path of the node whose forward function is running; for messages. */
  node = '';

  /** Runs `body`, adding what it computes to `graph`. Everything it makes is void afterwards. */
  trace<T>(graph: GraphBuilder, body: () => T): T {
    if (this.#graph) throw new Error('a trace is already running');
    selectBackend(SYMBOLIC_BACKEND);
    this.#graph = graph;
    this.#data = new WeakMap();
    this.#count = 0;
    this.node = '';
    const engine = tf.engine();
    engine.startScope('trace');
    try {
      return body();
    } finally {
      engine.endScope();
      this.#graph = undefined;
    }
  }

  /** The tensor that stands for a value of the graph. */
  tensorOf(output: OutputInfo): tf.Tensor {
    const shape = output.shape;
    if (!shape || shape.some((dim) => dim < 0)) {
      throw new TraceError(this.node, 'an operation has no shape that is known before it runs');
    }
    const dtype = dtypeOf(output.dtype);
    if (!dtype) throw new TraceError(this.node, `an operation has the unknown type ${output.dtype}`);
    const dataId = {};
    this.#store(dataId, { shape: [...shape], dtype, output: output.id, values: undefined, references: 1 });
    return tf.engine().makeTensorFromTensorInfo({ dataId, shape: [...shape], dtype });
  }

  /** Where a tensor's value is in the graph. */
  outputOf(tensor: tf.TensorInfo): number {
    const value = this.#find(tensor.dataId);
    if (value.output === undefined) {
      if (!value.values) throw new Error('a symbolic value has neither a place nor numbers');
      value.output = this.#addConstant(value.shape, value.dtype, value.values).id;
    }
    return value.output;
  }

  override executeSingleOutput(name: string, attributes: TFEOpAttr[], inputs: tf.TensorInfo[]): tf.Tensor {
    const [output] = this.executeMultipleOutputs(name, attributes, inputs, 1);
    if (!output) throw new TraceError(this.node, `${name} has no output`);
    return output;
  }

  override executeMultipleOutputs(
    name: string,
    attributes: TFEOpAttr[],
    inputs: tf.TensorInfo[],
    count: number,
  ): tf.Tensor[] {
    const flat = inputs.map((input) => this.outputOf(input));
    const added = this.#builder().add(name, groupInputs(name, flat, attributes), attributes);
    return added.outputs.slice(0, count).map((output) => this.tensorOf(output));
  }

  override write(values: tf.backend_util.BackendValues, shape: number[], dtype: tf.DataType): object {
    const dataId = {};
    this.move(dataId, values, shape, dtype, 1);
    return dataId;
  }

  override move(
    dataId: object,
    values: tf.backend_util.BackendValues,
    shape: number[],
    dtype: tf.DataType,
    references: number,
  ): void {
    if (!isValues(values)) throw new TraceError(this.node, `a constant of type ${dtype} cannot be recorded`);
    this.#store(dataId, { shape, dtype, output: undefined, values, references });
  }

  override readSync(dataId: object): tf.backend_util.BackendValues {
    const value = this.#find(dataId);
    if (value.values) return value.values;
    throw new TraceError(this.node, 'the value of a tensor was read while the program was recorded');
  }

  override async read(dataId: object): Promise<tf.backend_util.BackendValues> {
    return this.readSync(dataId);
  }

  override disposeData(dataId: object, force = false): boolean {
    const value = this.#data.get(dataId);
    if (!value) return true;
    value.references -= 1;
    if (!force && value.references > 0) return false;
    this.#data.delete(dataId);
    this.#count -= 1;
    return true;
  }

  override refCount(dataId: object): number {
    return this.#data.get(dataId)?.references ?? 0;
  }

  override incRef(dataId: object): void {
    this.#find(dataId).references += 1;
  }

  override numDataIds(): number {
    return this.#count;
  }

  override getNumOfTFTensors(): number {
    return 0;
  }

  #builder(): GraphBuilder {
    if (!this.#graph) throw new Error('a tensor of a trace was used after the trace');
    return this.#graph;
  }

  #store(dataId: object, value: SymbolicValue): void {
    this.#data.set(dataId, value);
    this.#count += 1;
  }

  #find(dataId: object): SymbolicValue {
    const value = this.#data.get(dataId);
    if (value) return value;
    throw new TraceError(
      this.node,
      'a tensor was used that is neither an input, nor a weight, nor made by the node itself',
    );
  }

  #addConstant(shape: number[], dtype: tf.DataType, values: Values): OutputInfo {
    const graph = this.#builder();
    const type = this.getDTypeInteger(dtype);
    const first = values[0];
    const uniform = first !== undefined && values.every((value) => value === first);
    if (uniform && values.length > LARGEST_PLAIN_UNIFORM) {
      const dims = graph.constant(TfType.int32, [shape.length], Int32Array.from(shape));
      const value = graph.constant(type, [], copyAs(dtype, values.subarray(0, 1)));
      return graph.addValue(
        'Fill',
        [dims.id, value.id],
        [typeAttr('T', type), typeAttr('index_type', TfType.int32)],
      );
    }
    if (values.byteLength > LARGEST_CONSTANT_BYTES) {
      throw new TraceError(
        this.node,
        `a constant of ${values.byteLength} bytes would be written into the program`,
      );
    }
    return graph.constant(type, shape, copyAs(dtype, values));
  }
}

let backend: SymbolicBackend | undefined;

/** The process's one symbolic backend, registered with the kernels of tfjs-node. */
export function symbolicBackend(addon: NeuroloomAddon): SymbolicBackend {
  if (backend) return backend;
  const created = new SymbolicBackend(addon, '@tensorflow/tfjs-node');
  tf.registerBackend(SYMBOLIC_BACKEND, () => created, 0);
  tf.copyRegisteredKernels('tensorflow', SYMBOLIC_BACKEND);
  backend = created;
  return created;
}

function groupInputs(name: string, inputs: readonly number[], attributes: TFEOpAttr[]): OperationInput[] {
  if (!leadingList.has(name)) return [...inputs];
  const count = attributes.find((attribute) => attribute.name === 'N' && attribute.type === AttrType.int);
  const length = Number(count?.value ?? inputs.length);
  return [inputs.slice(0, length), ...inputs.slice(length)];
}

function dtypeOf(type: number): tf.DataType | undefined {
  if (type === TfType.float32) return 'float32';
  if (type === TfType.int32) return 'int32';
  if (type === TfType.bool) return 'bool';
  return undefined;
}

function isValues(values: unknown): values is Values {
  return values instanceof Float32Array || values instanceof Int32Array || values instanceof Uint8Array;
}

/** Numbers in the width that TensorFlow wants: TensorFlow.js may hold an int32 scalar as floats. */
function copyAs(dtype: tf.DataType, values: Values): Values {
  if (dtype === 'int32') return Int32Array.from(values);
  if (dtype === 'bool') return Uint8Array.from(values);
  return Float32Array.from(values);
}
