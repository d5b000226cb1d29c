import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { engineFailure } from '#main/services/engineFailure.ts';
import type { Plan } from '#shared/compile/plan.ts';
import type { Shape } from '#shared/types/portType.ts';
import { type NeuroloomAddon, type OutputRef, TfType } from '../addon/neuroloomAddon.ts';
import { realFileSystem, syncFolder, writeWhole } from '../durableFiles.ts';
import { EngineError } from '../failures.ts';
import { createNativeOps } from '../ops/nativeOps.ts';
import type { SessionState } from '../runtime.ts';
import type { InputSpec } from '../trace/dataInputs.ts';
import { dependencies } from '../trace/forward.ts';
import { GraphBuilder, typeAttr } from '../trace/graphBuilder.ts';
import { MessageWriter } from '../trace/protobuf.ts';
import { type Program, recordExport } from '../trace/recordProgram.ts';
import type { SymbolicBackend } from '../trace/symbolicBackend.ts';
import type { WeightSource } from '../trace/weightSource.ts';
import { generalizeBatch } from './dynamicBatch.ts';

export interface SavedModelArgs {
  readonly addon: NeuroloomAddon;
  readonly backend: SymbolicBackend;
  readonly plan: Plan;
  readonly state: SessionState;
}

/**
 * Two primes for each dimension that the data leaves open, the batch first: a number of the network is hardly a
 * multiple of both by chance.
 */
const SIZES: readonly (readonly [number, number])[] = [
  [17, 19],
  [23, 29],
  [31, 37],
  [41, 43],
];
/** A protocol buffer holds less than 2 GiB. */
const LARGEST_MODEL_BYTES = 2 ** 31 - 1;

interface Signature {
  readonly inputs: readonly SignatureEntry[];
  readonly outputs: readonly SignatureEntry[];
}
interface SignatureEntry {
  readonly name: string;
  readonly tensor: string;
  readonly dtype: number;
  readonly shape: readonly number[];
}

/**
 * Writes the traced prediction as a TensorFlow SavedModel into the new folder `dir`: weights as
 * constants, any batch size, one signature `serving_default`. Inputs are named after the data
 * ports, outputs `logits` and `probabilities` (or `prediction` where the loss knows no softmax).
 * What draws random numbers draws others at each call.
 */
export async function exportSavedModel({
  dir,
  ...args
}: SavedModelArgs & { readonly dir: string }): Promise<void> {
  const model = savedModelBytes(args);
  await mkdir(dir, { recursive: true });
  await writeWhole(realFileSystem, join(dir, 'saved_model.pb'), [model]);
  await syncFolder(realFileSystem, dir);
}

/** The bytes of `saved_model.pb` (tensorflow/core/protobuf/saved_model.proto). */
export function savedModelBytes(args: SavedModelArgs): Uint8Array {
  const weights = [...args.state.tensors.values()].filter(({ role }) => role !== 'slot');
  if (weights.reduce((bytes, { data }) => bytes + data.byteLength, 0) >= LARGEST_MODEL_BYTES) {
    throw new EngineError(engineFailure('runtime-error', 'saved-model-too-large'));
  }
  const { graph, signature } = servingGraph(args);
  return encodeSavedModel(graph.graphDef(), signature, args.addon.TF_Version);
}

/** The prediction in a graph of its own, frozen and for any batch size. */
export function servingGraph(args: SavedModelArgs): { graph: GraphBuilder; signature: Signature } {
  const sizes = openSizes(args.plan);
  const first = recordAt(args, (symbol) => sizes.get(symbol)?.[0] ?? 1);
  const second = recordAt(args, (symbol) => sizes.get(symbol)?.[1] ?? 1);
  const ports = inputNames(args.plan);
  const inputs = new Map(first.program.inputs.map((input) => [input.output, input]));
  const graph = new GraphBuilder(args.addon);
  graph.scope = 'serving';

  const signatureInputs: SignatureEntry[] = [];
  const places = generalizeBatch(
    {
      sizes,
      first: first.graph.recorded,
      second: second.graph.recorded,
      inputs: new Map([...inputs].map(([output, { key }]) => [output, inputShape(args.plan, key)])),
    },
    graph,
    (operation) => {
      const [output] = operation.outputs;
      const input = output && inputs.get(output.id);
      if (input) {
        const name = ports.get(input.key) ?? input.key;
        const shape = inputShape(args.plan, input.key).map((dim) => (typeof dim === 'number' ? dim : -1));
        signatureInputs.push({ name, tensor: `${name}:0`, dtype: TfType[input.dtype], shape });
        return graph.placeholder(TfType[input.dtype], shape, name).id;
      }
      if (output && output.id === first.program.step) return newDraw(graph);
      const key = output && first.weights.get(output.id);
      if (key === undefined) return undefined;
      const value = args.state.tensors.get(key);
      if (!value) throw new Error(`the state has no ${key}`);
      return graph.constant(TfType.float32, value.shape, value.data).id;
    },
  );

  const outputs = first.program.names.map((name, index): SignatureEntry => {
    const fetched = first.program.fetches[index];
    const place = fetched === undefined ? undefined : places.get(fetched);
    if (fetched === undefined || place === undefined) throw new Error(`${name} was not recorded`);
    const named = graph.addValue('Identity', [place], [typeAttr('T', TfType.float32)], { name });
    const other = recordedShape(second.graph, second.program.fetches[index] ?? fetched);
    const shape = recordedShape(first.graph, fetched).map((dim, axis) => (dim === other[axis] ? dim : -1));
    return { name, tensor: `${name}:0`, dtype: named.dtype, shape };
  });
  return { graph, signature: { inputs: signatureInputs, outputs } };
}

/** In the place of the step: what is drawn by it is another at each call, as from a generator's noise. */
function newDraw(graph: GraphBuilder): OutputRef {
  const int32 = (value: Int32Array, shape: number[]): OutputRef =>
    graph.constant(TfType.int32, shape, value).id;
  const inputs = [
    int32(new Int32Array(0), [0]),
    int32(Int32Array.of(0), []),
    int32(Int32Array.of(2 ** 31 - 1), []),
  ];
  return graph.addValue('RandomUniformInt', inputs, [
    typeAttr('Tout', TfType.int32),
    typeAttr('T', TfType.int32),
  ]).id;
}

interface Recording {
  readonly graph: GraphBuilder;
  readonly program: Program;
  /** Key of the weight that a placeholder stands for. */
  readonly weights: ReadonlyMap<OutputRef, string>;
}

/** The dimensions that the data leaves open, by their symbols, with two sizes each. */
function openSizes(plan: Plan): Map<string, readonly [number, number]> {
  const symbols = plan.datasets
    .flatMap(({ facts }) => Object.values(facts.outputs))
    .flatMap(({ shape }) => shape.filter((dim) => typeof dim === 'string'));
  const found = new Map<string, readonly [number, number]>();
  for (const symbol of new Set(['B', ...symbols])) {
    const sizes = SIZES[found.size];
    if (!sizes) throw new Error('the data leaves too many sizes open for an export');
    found.set(symbol, sizes);
  }
  return found;
}

/** The shape of a data port, by `<node>.<port>`. */
function inputShape(plan: Plan, key: string): Shape {
  for (const { path, facts } of plan.datasets) {
    for (const [port, { shape }] of Object.entries(facts.outputs))
      if (key === `${path}.${port}`) return shape;
  }
  throw new Error(`no data has the port ${key}`);
}

function recordAt(
  { addon, backend, plan, state }: SavedModelArgs,
  sizeOf: (symbol: string) => number,
): Recording {
  const graph = new GraphBuilder(addon, { record: true });
  const found = new Map<OutputRef, string>();
  const shapeOf = (key: string): readonly number[] => {
    const tensor = state.tensors.get(key);
    if (!tensor) throw new Error(`the state has no ${key}`);
    return tensor.shape;
  };
  const weights: WeightSource = {
    shape: shapeOf,
    read: (target, key) => {
      const output = target.placeholder(TfType.float32, shapeOf(key));
      found.set(output.id, key);
      return { operation: Math.floor(output.id / 65_536), outputs: [output] };
    },
  };
  const inputs = new Map<string, InputSpec>();
  for (const dataset of plan.datasets) {
    for (const [port, type] of Object.entries(dataset.facts.outputs)) {
      if (type.dtype === 'bool') continue;
      const shape = type.shape.map((dim) => (typeof dim === 'number' ? dim : sizeOf(dim)));
      inputs.set(`${dataset.path}.${port}`, { shape, dtype: type.dtype });
    }
  }
  const program = recordExport({
    plan,
    ops: createNativeOps({ addonKernels: false }),
    addonKernels: false,
    backend,
    graph,
    weights,
    inputs,
    seed: 0,
    name: 'network',
  });
  return { graph, program, weights: found };
}

/** A data port's own name where it is the only one of that name, else with its node's. */
function inputNames(plan: Plan): Map<string, string> {
  const needed = dependencies(
    plan,
    plan.predictions.map(({ value }) => value.path),
  );
  const ports = plan.datasets
    .filter(({ path }) => needed.has(path))
    .flatMap(({ path, facts }) => Object.keys(facts.outputs).map((port) => ({ path, port })));
  return new Map(
    ports.map(({ path, port }) => [
      `${path}.${port}`,
      ports.filter((other) => other.port === port).length === 1 ? port : `${path}_${port}`,
    ]),
  );
}

function recordedShape(graph: GraphBuilder, ref: OutputRef): readonly number[] {
  for (const { outputs } of graph.recorded) {
    const output = outputs.find(({ id }) => id === ref);
    if (output?.shape) return output.shape;
  }
  throw new Error(`output ${ref} has no recorded shape`);
}

function encodeSavedModel(graphDef: Uint8Array, signature: Signature, version: string): Uint8Array {
  const tensorInfo = (info: MessageWriter, { tensor, dtype, shape }: SignatureEntry): void => {
    info.string(1, tensor).int(2, dtype);
    info.message(3, (proto) => {
      for (const dim of shape) proto.message(2, (entry) => entry.int(1, dim));
    });
  };
  return new MessageWriter()
    .int(1, 1)
    .message(2, (metaGraph) => {
      metaGraph.message(1, (info) => info.string(4, 'serve').string(5, version));
      metaGraph.bytes(2, graphDef);
      metaGraph.entry(5, 'serving_default', (definition) => {
        for (const input of signature.inputs)
          definition.entry(1, input.name, (info) => tensorInfo(info, input));
        for (const output of signature.outputs)
          definition.entry(2, output.name, (info) => tensorInfo(info, output));
        definition.string(3, 'tensorflow/serving/predict');
      });
    })
    .finish();
}
