import type { NodeInstance } from '../graph/document.ts';
import type {
  DatasetFacts,
  InferArgs,
  NodeDefinition,
  NodeProblem,
  WeightSpec,
} from '../nodes/defineNode.ts';
import type { JsonObject } from '../protocol/json.ts';
import { formatType, type PortType, type TensorType } from '../types/portType.ts';
import { dimProduct, leastNumbers, rowsPerSample, sampleSize } from '../types/shape.ts';
import { checkParams } from './checkParams.ts';
import { MAX_TENSOR_ELEMENTS } from './limits.ts';
import type { NodeAnalysis } from './plan.ts';

/** Types at each input port, in wire order; a port with a wire of unknown type is not in `known`. */
export type InputTypes = Readonly<Record<string, readonly PortType[]>>;

export interface InferredNode {
  readonly analysis: NodeAnalysis;
  /** Undefined where the parameters are wrong. */
  readonly params: Readonly<Record<string, unknown>> | undefined;
  readonly facts: DatasetFacts | undefined;
  readonly problems: readonly NodeProblem[];
}

interface CacheEntry {
  readonly nodeId: string;
  readonly kind: string;
  readonly inputs: InputTypes;
  readonly complete: boolean;
  readonly facts: DatasetFacts | undefined;
  readonly result: InferredNode;
}

/**
 * What was inferred last for a parameter object. Commands leave the parameters of untouched and moved
 * nodes alone, so in a large graph an edit costs the inference of the nodes that it concerns. Seen from
 * outside, inference is pure: an entry answers only for the same node, kind, inputs and facts.
 */
const cache = new WeakMap<JsonObject, CacheEntry>();

function sameInputs(a: InputTypes, b: InputTypes): boolean {
  const ports = Object.keys(a);
  return (
    ports.length === Object.keys(b).length &&
    ports.every((port) => {
      const left = a[port] ?? [];
      const right = b[port] ?? [];
      return left.length === right.length && left.every((type, index) => type === right[index]);
    })
  );
}

const isTensor = (type: PortType | undefined): type is TensorType => type?.type === 'tensor';

function inferArguments(
  definition: NodeDefinition,
  inputs: InputTypes,
  rest: Omit<InferArgs<Record<string, unknown>>, 'inputs' | 'lists'>,
): InferArgs<Record<string, unknown>> {
  const one: Record<string, TensorType> = {};
  const lists: Record<string, readonly TensorType[]> = {};
  for (const port of definition.ports.inputs) {
    const types = (inputs[port.id] ?? []).filter(isTensor);
    if (port.multiple) lists[port.id] = types;
    else if (types[0]) one[port.id] = types[0];
  }
  return { ...rest, inputs: one, lists };
}

/** Keeps the earlier type objects where nothing changed, so that nodes downstream find their own results again. */
function reuseTypes(
  fresh: Readonly<Record<string, PortType>>,
  earlier: Readonly<Record<string, PortType>> | undefined,
): Readonly<Record<string, PortType>> {
  if (!earlier) return fresh;
  return Object.fromEntries(
    Object.entries(fresh).map(([port, type]) => {
      const old = earlier[port];
      return [port, old && JSON.stringify(old) === JSON.stringify(type) ? old : type];
    }),
  );
}

function tooLarge(weights: Readonly<Record<string, WeightSpec>>): NodeProblem | undefined {
  for (const [weight, { shape }] of Object.entries(weights)) {
    const count = dimProduct(shape) ?? 0;
    if (count > MAX_TENSOR_ELEMENTS) {
      return { code: 'weight-too-large', data: { weight, count, limit: MAX_TENSOR_ELEMENTS } };
    }
  }
  return undefined;
}

/** Whether one sample alone has more numbers than a tensor can hold. */
const isTooLarge = (type: PortType): boolean =>
  isTensor(type) && leastNumbers(type.shape) > MAX_TENSOR_ELEMENTS;

function outputTooLarge(
  outputs: Readonly<Record<string, PortType>>,
  inside: TensorType | undefined,
): NodeProblem | undefined {
  const type = [...Object.values(outputs), ...(inside ? [inside] : [])].find(isTooLarge);
  if (!isTensor(type)) return undefined;
  const data = { inside: type === inside, received: formatType(type), count: leastNumbers(type.shape) };
  return { code: 'output-too-large', data: { ...data, limit: MAX_TENSOR_ELEMENTS } };
}

function compute(
  node: NodeInstance,
  definition: NodeDefinition,
  inputs: InputTypes,
  complete: boolean,
  given: DatasetFacts | undefined,
  earlier: CacheEntry | undefined,
): InferredNode {
  const empty: NodeAnalysis = {
    nodeId: node.id,
    inputs,
    outputs: {},
    weights: {},
    parameterCount: 0,
    flops: 0,
    activationBytes: 0,
  };
  const checked = checkParams(definition, node.params, node.id);
  if ('problems' in checked) {
    return { analysis: empty, params: undefined, facts: undefined, problems: checked.problems };
  }
  const { params, warnings } = checked;
  const facts = definition.role === 'dataset' ? (given ?? definition.knownFacts?.(params)) : undefined;
  const about = [...warnings, ...(facts?.problems ?? [])];
  const unfit = definition.checkParams?.({ params, nodeId: node.id });
  if (unfit) return { analysis: empty, params, facts, problems: [...about, unfit] };
  if (!complete) return { analysis: empty, params, facts, problems: about };

  const args = inferArguments(definition, inputs, { params, facts, nodeId: node.id });
  const inferred = definition.infer(args);
  const failed = 'problem' in inferred;
  const problems = [...about, ...(failed ? [inferred.problem] : (inferred.warnings ?? []))];
  const outputs = reuseTypes(inferred.outputs ?? {}, earlier?.result.analysis.outputs);
  const computes = definition.role === 'layer' || definition.role === 'loss';
  const weights = failed || !computes ? {} : (definition.weights?.(args) ?? {});
  const inside = failed || !computes ? undefined : definition.inside?.(args);
  // Whoever hands on what is too large has been told.
  const handedOn = Object.values(inputs).flat().some(isTooLarge);
  const oversized = handedOn ? undefined : (tooLarge(weights) ?? outputTooLarge(outputs, inside));
  const elements = [...Object.values(outputs), ...(inside ? [inside] : [])].map((type) =>
    isTensor(type) ? (sampleSize(type.shape) ?? 0) * rowsPerSample(type.shape[0]) : 0,
  );
  // A node counts what one row of the batch takes; of a sample there may be several.
  const rows = Object.values(args.inputs).reduce(
    (most, { shape }) => Math.max(most, rowsPerSample(shape[0])),
    1,
  );
  return {
    analysis: {
      nodeId: node.id,
      inputs,
      outputs,
      ...(inside && { inside }),
      weights,
      parameterCount: Object.values(weights).reduce(
        (sum, { shape, trainable }) => sum + (trainable ? (dimProduct(shape) ?? 0) : 0),
        0,
      ),
      flops: failed || !computes ? 0 : rows * (definition.flops?.({ ...args, outputs }) ?? 0),
      activationBytes: 4 * elements.reduce((sum, count) => sum + count, 0),
    },
    params,
    facts,
    problems: oversized ? [...problems, oversized] : problems,
  };
}

/** Everything that follows from a node, its parameters and its inputs. `complete`: every input it needs is known. */
export function inferNode(
  node: NodeInstance,
  definition: NodeDefinition,
  inputs: InputTypes,
  complete: boolean,
  facts: DatasetFacts | undefined,
): InferredNode {
  const entry = cache.get(node.params);
  const related = entry?.nodeId === node.id && entry.kind === node.kind ? entry : undefined;
  if (
    related &&
    related.complete === complete &&
    related.facts === facts &&
    sameInputs(related.inputs, inputs)
  ) {
    return related.result;
  }
  const result = compute(node, definition, inputs, complete, facts, related);
  cache.set(node.params, { nodeId: node.id, kind: node.kind, inputs, complete, facts, result });
  return result;
}
