import type { Shape } from '#shared/types/portType.ts';
import {
  AttrType,
  type NativeTensor,
  type OpAttribute,
  type OutputRef,
  TfType,
} from '../addon/neuroloomAddon.ts';
import {
  type GraphBuilder,
  intAttr,
  type OperationInput,
  type RecordedOperation,
  typeAttr,
} from '../trace/graphBuilder.ts';

/** Two recordings of one program, at two sizes of everything that the data leaves open. */
export interface RecordedPair {
  /** By the dimension's symbol: the batch `B`, the nodes `N` of its graphs… */
  readonly sizes: ReadonlyMap<string, readonly [number, number]>;
  readonly first: readonly RecordedOperation[];
  readonly second: readonly RecordedOperation[];
  /** Placeholders of the batch, as outputs of `first`, with their shapes. */
  readonly inputs: ReadonlyMap<OutputRef, Shape>;
}

/** Writes one operation of the recording into the new graph, or leaves it to be copied as it is. */
export type Substitute = (operation: RecordedOperation, graph: GraphBuilder) => OutputRef | undefined;

/**
 * Adds a recorded program to `graph` for any size of the dimensions that the data leaves open: a constant that
 * differs between the two recordings is computed from the inputs where its numbers are multiples of such a
 * dimension. Throws where something else depends on the size.
 * Gives the new place of every output of the first recording.
 */
export function generalizeBatch(
  pair: RecordedPair,
  graph: GraphBuilder,
  substitute: Substitute,
): ReadonlyMap<OutputRef, OutputRef> {
  if (pair.first.length !== pair.second.length) {
    throw new Error('the network computes differently for another batch size and cannot be exported');
  }
  const places = new Map<OutputRef, OutputRef>();
  const open = new OpenSizes(graph);
  const place = (ref: OutputRef): OutputRef => {
    const found = places.get(ref);
    if (found === undefined) throw new Error(`output ${ref} was used before it was recorded`);
    return found;
  };
  const put = (operation: RecordedOperation, outputs: readonly OutputRef[]): void => {
    for (const [index, output] of operation.outputs.entries()) {
      const target = outputs[index];
      if (target !== undefined) places.set(output.id, target);
    }
  };

  for (const [index, operation] of pair.first.entries()) {
    const twin = pair.second[index];
    if (twin?.type !== operation.type) {
      throw new Error(`${operation.name} is another operation for another batch size and cannot be exported`);
    }
    const given = substitute(operation, graph);
    if (given !== undefined) {
      put(operation, [given]);
      const [output] = operation.outputs;
      const shape = output && pair.inputs.get(output.id);
      if (shape) open.learn(given, output.dtype, shape);
      continue;
    }
    const differing = operation.attributes.filter(
      (attribute, position) => !sameAttribute(attribute, twin.attributes[position]),
    );
    if (differing.length > 0) {
      const [only] = differing;
      const other = twin.attributes.find(({ name }) => name === only?.name);
      const values = constantPair(operation, differing.length, only, other);
      if (!values) throw new Error(`${operation.name} depends on the batch size and cannot be exported`);
      put(operation, [scaledConstant(pair, operation, values, graph, open)]);
      continue;
    }
    const inputs = operation.inputs.map(
      (input): OperationInput => (typeof input === 'number' ? place(input) : input.map(place)),
    );
    const added = graph.add(operation.type, inputs, operation.attributes, { name: operation.name });
    put(
      operation,
      added.outputs.map(({ id }) => id),
    );
  }
  return places;
}

interface Place {
  readonly output: OutputRef;
  readonly dtype: number;
  readonly axis: number;
}

/** Sizes of open dimensions as values of the graph, made when they are first needed. */
class OpenSizes {
  readonly #graph: GraphBuilder;
  readonly #places = new Map<string, Place>();
  readonly #made = new Map<string, OutputRef>();

  constructor(graph: GraphBuilder) {
    this.#graph = graph;
  }

  /** An input that has some of them. */
  learn(output: OutputRef, dtype: number, shape: Shape): void {
    for (const [axis, dim] of shape.entries()) {
      if (typeof dim === 'string' && !this.#places.has(dim)) this.#places.set(dim, { output, dtype, axis });
    }
  }

  /** `factor` times the size, an int32 scalar. */
  times(symbol: string, factor: number): OutputRef {
    const size = this.#made.get(symbol) ?? this.#read(symbol);
    this.#made.set(symbol, size);
    if (factor === 1) return size;
    const multiplier = this.#graph.constant(TfType.int32, [], Int32Array.of(factor)).id;
    return this.#graph.addValue('Mul', [size, multiplier], [typeAttr('T', TfType.int32)]).id;
  }

  #read(symbol: string): OutputRef {
    const graph = this.#graph;
    const place = this.#places.get(symbol);
    if (!place) throw new Error(`the network needs the size ${symbol} before any input that has it`);
    const shape = graph.addValue(
      'Shape',
      [place.output],
      [typeAttr('T', place.dtype), typeAttr('out_type', TfType.int32)],
    ).id;
    const vector = (value: number) => graph.constant(TfType.int32, [1], Int32Array.of(value)).id;
    return graph.addValue(
      'StridedSlice',
      [shape, vector(place.axis), vector(place.axis + 1), vector(1)],
      [
        typeAttr('T', TfType.int32),
        typeAttr('Index', TfType.int32),
        ...['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask'].map((mask) => intAttr(mask, 0)),
        intAttr('shrink_axis_mask', 1),
      ],
    ).id;
  }
}

function scaledConstant(
  pair: RecordedPair,
  operation: RecordedOperation,
  [first, second]: readonly [NativeTensor, NativeTensor],
  graph: GraphBuilder,
  open: OpenSizes,
): OutputRef {
  const refuse = (): never => {
    throw new Error(`${operation.name} holds numbers that depend on the batch size and cannot be exported`);
  };
  if (first.dtype !== TfType.int32 || first.shape.length > 1 || first.data.length !== second.data.length) {
    return refuse();
  }
  const numbers = [...first.data].map(Number);
  const others = [...second.data].map(Number);
  const differing = numbers.filter((number, index) => number !== others[index]);
  const [only] = differing;
  // A reshape finds one dimension by itself, but no second.
  if (differing.length === 1 && !numbers.includes(-1) && onlyReshapes(pair.first, operation)) {
    const shape = numbers.map((number, index) => (number === others[index] ? number : -1));
    return graph.constant(TfType.int32, first.shape, Int32Array.from(shape)).id;
  }
  if (only === undefined) return refuse();
  const elements = numbers.map((number, index) => {
    const other = others[index] ?? Number.NaN;
    if (number === other) return graph.constant(TfType.int32, [], Int32Array.of(number)).id;
    const scaled = [...pair.sizes].find(
      ([, [size, otherSize]]) => Number.isInteger(number / size) && other === (number / size) * otherSize,
    );
    if (!scaled) return refuse();
    const [symbol, [size]] = scaled;
    return open.times(symbol, number / size);
  });
  if (first.shape.length === 0) return elements[0] ?? refuse();
  return graph.addValue(
    'Pack',
    [elements],
    [intAttr('N', elements.length), typeAttr('T', TfType.int32), intAttr('axis', 0)],
  ).id;
}

function onlyReshapes(operations: readonly RecordedOperation[], constant: RecordedOperation): boolean {
  const [output] = constant.outputs;
  const users = operations.filter(({ inputs }) => inputs.flat().includes(output?.id ?? -1));
  return users.length > 0 && users.every(({ type }) => type === 'Reshape');
}

function constantPair(
  operation: RecordedOperation,
  count: number,
  first: OpAttribute | undefined,
  second: OpAttribute | undefined,
): readonly [NativeTensor, NativeTensor] | undefined {
  if (operation.type !== 'Const' || count !== 1 || !isTensor(first) || !isTensor(second)) return undefined;
  return [first.value, second.value];
}

function isTensor(attribute: OpAttribute | undefined): attribute is OpAttribute & { value: NativeTensor } {
  return attribute?.type === AttrType.tensor && attribute.value !== null;
}

function sameAttribute(a: OpAttribute, b: OpAttribute | undefined): boolean {
  if (!b || a.name !== b.name || a.type !== b.type) return false;
  if (!isTensor(a) || !isTensor(b)) return JSON.stringify(a.value) === JSON.stringify(b.value);
  if (a.value.dtype !== b.value.dtype || a.value.shape.join() !== b.value.shape.join()) return false;
  const other = b.value.data;
  return a.value.data.length === other.length && a.value.data.every((value, index) => value === other[index]);
}
