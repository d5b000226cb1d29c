import { type GraphDocument, type NodeInstance, trainingSchema } from '../graph/document.ts';
import { nodeTitle } from '../graph/selectors.ts';
import { nodeText } from '../i18n/nodeTexts.ts';
import type { NodeDefinition } from '../nodes/defineNode.ts';
import { findNodeDefinition } from '../nodes/registry.ts';
import type { Fix, Problem } from '../protocol/problem.ts';
import { formatType, type PortType } from '../types/portType.ts';
import { leastNumbers } from '../types/shape.ts';
import { edgesAt } from './graphIndex.ts';
import { type InferredGraph, type MissingInput, portRefuses } from './inferGraph.ts';
import { MAX_ACTIVATION_BYTES, MAX_PARAMETER_BYTES, MAX_TENSOR_ELEMENTS } from './limits.ts';
import { judgeScope } from './optimizerScope.ts';
import type { NodeAnalysis } from './plan.ts';
import { downstreamOf, upstreamOf } from './reach.ts';

type Role = NodeDefinition['role'];

const roleOf = (node: NodeInstance | undefined): Role | undefined =>
  node && findNodeDefinition(node.kind)?.role;

export function nodesOfRole(graph: InferredGraph, role: Role): readonly NodeInstance[] {
  return graph.document.nodes.filter((node) => roleOf(node) === role);
}

/** Nodes that no loss, metric or optimiser depends on; none while there is no loss to depend on. */
export function findUnused(graph: InferredGraph): ReadonlySet<string> {
  const ends = graph.document.nodes.filter((node) => {
    const role = roleOf(node);
    return role === 'loss' || role === 'metric' || role === 'optimizer';
  });
  if (!ends.some((node) => roleOf(node) === 'loss')) return new Set();
  const used = upstreamOf(
    graph,
    ends.map(({ id }) => id),
  );
  return new Set(graph.document.nodes.map(({ id }) => id).filter((id) => !used.has(id)));
}

interface Candidate {
  readonly nodeId: string;
  readonly port: string;
}

/** Outputs that could fill an empty input; closing a cycle is no choice. */
function candidates(graph: InferredGraph, { node, port }: MissingInput): readonly Candidate[] {
  const later = downstreamOf(graph, node.id);
  return graph.document.nodes.flatMap((source) => {
    if (later.has(source.id)) return [];
    return Object.entries(graph.nodes.get(source.id)?.analysis.outputs ?? {})
      .filter(([, type]) => portRefuses(port, type) === undefined)
      .map(([id]) => ({ nodeId: source.id, port: id }));
  });
}

/** A wire for an empty input where there is one clear choice: the only open end, else the only source at all. */
function suggestWire(graph: InferredGraph, missing: MissingInput): Fix | undefined {
  const fitting = candidates(graph, missing);
  const open = fitting.filter(
    ({ nodeId, port }) => !edgesAt(graph.index.outgoing, nodeId).some(({ from }) => from.port === port),
  );
  const [choice, another] = open.length > 0 ? open : fitting;
  if (!choice || another) return undefined;
  return { kind: 'connect', from: [choice.nodeId, choice.port], to: [missing.node.id, missing.port.id] };
}

/** Past so many, a suggestion for each would cost more than it helps. */
const MAX_SUGGESTIONS = 12;

function missingInputs(graph: InferredGraph, unused: ReadonlySet<string>): Problem[] {
  return graph.missing.map((missing, index): Problem => {
    const { node, port } = missing;
    const label = nodeText(node.kind)?.ports[port.id] ?? port.id;
    const fix = index < MAX_SUGGESTIONS ? suggestWire(graph, missing) : undefined;
    return {
      code: 'missing-input',
      severity: unused.has(node.id) ? 'warning' : 'error',
      nodeId: node.id,
      port: port.id,
      data: { node: nodeTitle(node), port: label },
      ...(fix && { fix }),
    };
  });
}

/** A node of the kind, wired from the only open end that fits its first input. */
function addNodeFix(graph: InferredGraph, kind: string): Fix {
  const inputs = findNodeDefinition(kind)?.ports.inputs.filter(({ optional }) => !optional) ?? [];
  const probe: NodeInstance = { id: '$new', kind, params: {}, position: { x: 0, y: 0 } };
  const connect = inputs.flatMap((port) => {
    const wire = suggestWire(graph, { node: probe, port });
    return wire?.kind === 'connect' ? [{ from: wire.from, to: wire.to }] : [];
  });
  return { kind: 'add-node', nodeKind: kind, params: {}, connect };
}

/** A data node whose image goes to the first layer that waits for an input. */
function addDatasetFix(graph: InferredGraph): Fix {
  const waiting = graph.missing.find(
    ({ node, port }) => roleOf(node) === 'layer' && port.type === 'tensor' && !port.multiple,
  );
  return {
    kind: 'add-node',
    nodeKind: 'mnist',
    params: {},
    connect: waiting ? [{ from: ['$new', 'image'], to: [waiting.node.id, waiting.port.id] }] : [],
  };
}

/** What a network needs to be trained at all: data, a loss, an optimiser with something to train. */
function missingParts(graph: InferredGraph): Problem[] {
  const { document } = graph;
  if (document.nodes.length === 0) {
    return [{ code: 'document-empty', severity: 'error', data: {}, fix: addDatasetFix(graph) }];
  }
  const problems: Problem[] = [];
  const losses = nodesOfRole(graph, 'loss');
  const optimizers = nodesOfRole(graph, 'optimizer');
  if (nodesOfRole(graph, 'dataset').length === 0) {
    problems.push({ code: 'no-dataset', severity: 'error', data: {}, fix: addDatasetFix(graph) });
  }
  if (losses.length === 0) {
    problems.push({
      code: 'no-loss',
      severity: 'error',
      data: {},
      fix: addNodeFix(graph, 'softmax-cross-entropy'),
    });
  }
  const [firstLoss] = losses;
  if (optimizers.length === 0 && firstLoss) {
    const port = findNodeDefinition(firstLoss.kind)?.ports.outputs[0]?.id ?? 'loss';
    problems.push({
      code: 'no-optimizer',
      severity: 'error',
      nodeId: firstLoss.id,
      data: { node: nodeTitle(firstLoss) },
      fix: {
        kind: 'add-node',
        nodeKind: 'adam',
        params: {},
        connect: [{ from: [firstLoss.id, port], to: ['$new', 'loss'] }],
      },
    });
  }
  for (const loss of optimizers.length > 0 ? losses : []) {
    // A part of another loss is trained with it.
    const trained = edgesAt(graph.index.outgoing, loss.id).some(({ to }) =>
      ['optimizer', 'loss'].includes(roleOf(graph.index.nodes.get(to.node)) ?? ''),
    );
    if (!trained) {
      problems.push({
        code: 'loss-not-trained',
        severity: 'warning',
        nodeId: loss.id,
        data: { node: nodeTitle(loss) },
      });
    }
  }
  for (const optimizer of optimizers) problems.push(...judgeScope(graph, optimizer));
  return problems;
}

/** The largest node by some measure and the sum over all. */
function weigh(graph: InferredGraph, measure: (id: string) => number): { sum: number; largest: string } {
  let sum = 0;
  let most = -1;
  let largest = '';
  for (const id of graph.nodes.keys()) {
    const size = measure(id);
    sum += size;
    if (size > most) {
      most = size;
      largest = id;
    }
  }
  return { sum, largest };
}

const gibibytes = (bytes: number): number => Math.round((bytes / 2 ** 30) * 10) / 10;

function sizes(graph: InferredGraph): Problem[] {
  const problems: Problem[] = [];
  const report = (code: string, largest: string, bytes: number, limit: number): void => {
    const node = graph.index.nodes.get(largest);
    problems.push({
      code,
      severity: 'error',
      nodeId: largest,
      data: {
        node: node ? nodeTitle(node) : largest,
        gibibytes: gibibytes(bytes),
        limit: gibibytes(limit),
        batchSize: graph.document.training.batchSize,
      },
    });
  };
  const analysisOf = (id: string): NodeAnalysis | undefined => graph.nodes.get(id)?.analysis;
  const parameters = weigh(graph, (id) => 4 * (analysisOf(id)?.parameterCount ?? 0));
  // A node of which one tensor alone is too large has a problem of its own, which says more.
  const heavy = Object.values(analysisOf(parameters.largest)?.weights ?? {});
  if (
    parameters.sum > MAX_PARAMETER_BYTES &&
    !heavy.some(({ shape }) => leastNumbers(shape) > MAX_TENSOR_ELEMENTS)
  ) {
    report('model-too-large', parameters.largest, parameters.sum, MAX_PARAMETER_BYTES);
  }
  const { batchSize } = graph.document.training;
  const activations = weigh(graph, (id) => batchSize * (analysisOf(id)?.activationBytes ?? 0));
  const widest = analysisOf(activations.largest);
  const wide = widest ? tensorsOf(widest) : [];
  if (
    activations.sum > MAX_ACTIVATION_BYTES &&
    !wide.some((type) => numbersOfBatch(type, batchSize) > MAX_TENSOR_ELEMENTS)
  ) {
    report('batch-too-large', activations.largest, activations.sum, MAX_ACTIVATION_BYTES);
  }
  return [...problems, ...crowdedOutputs(graph)];
}

const tensorsOf = ({ outputs, inside }: NodeAnalysis): readonly PortType[] => [
  ...Object.values(outputs),
  ...(inside ? [inside] : []),
];

/** Numbers of a tensor for a whole batch: its first axis is the batch, alone or with the steps of each sample. */
function numbersOfBatch(type: PortType, batchSize: number): number {
  if (type.type !== 'tensor') return 0;
  const [first] = type.shape;
  const isOfBatch = typeof first === 'string' && /^B(·|$)/.test(first);
  return leastNumbers(type.shape) * (isOfBatch ? batchSize : 1);
}

/**
 * Outputs that one sample leaves within what a tensor can hold, and a batch does not; each with its node. What
 * only hands on such an output has no problem of its own.
 */
function crowdedOutputs(graph: InferredGraph): Problem[] {
  const { batchSize } = graph.document.training;
  const crowds = (type: PortType) => numbersOfBatch(type, batchSize) > MAX_TENSOR_ELEMENTS;
  return [...graph.nodes].flatMap(([id, { analysis }]): Problem[] => {
    const node = graph.index.nodes.get(id);
    const first = tensorsOf(analysis).find(crowds);
    if (!node || !first || Object.values(analysis.inputs).flat().some(crowds)) return [];
    if (first.type !== 'tensor' || leastNumbers(first.shape) > MAX_TENSOR_ELEMENTS) return [];
    const count = numbersOfBatch(first, batchSize);
    const received = formatType(first);
    const inside = first === analysis.inside;
    const data = { node: nodeTitle(node), inside, batchSize, count, received, limit: MAX_TENSOR_ELEMENTS };
    return [{ code: 'batch-overflows', severity: 'error', nodeId: id, data }];
  });
}

/** Data sets with fewer samples to train on than a batch is to have. */
function smallData(graph: InferredGraph, unused: ReadonlySet<string>): Problem[] {
  const { batchSize } = graph.document.training;
  return nodesOfRole(graph, 'dataset').flatMap((node): Problem[] => {
    const facts = graph.nodes.get(node.id)?.facts;
    const count = facts?.splits.train;
    // Of a source that cannot be read there is nothing to count.
    const unusable = facts?.problems?.some(({ severity }) => severity !== 'warning');
    if (count === undefined || facts?.sameInEveryBatch || unusable || unused.has(node.id)) return [];
    const place = { severity: 'error' as const, nodeId: node.id };
    if (count === 0) return [{ ...place, code: 'nothing-to-train-on', data: { node: nodeTitle(node) } }];
    if (batchSize <= count) return [];
    return [{ ...place, code: 'batch-above-data', data: { node: nodeTitle(node), batchSize, count } }];
  });
}

/** Settings of a newer version, or with a slip of the pen: kept in the file, and without effect. */
function unknownSettings(training: GraphDocument['training']): Problem[] {
  const unknown = (given: object, known: object, before = ''): string[] =>
    Object.keys(given).flatMap((key) => (Object.hasOwn(known, key) ? [] : [before + key]));
  const { earlyStopping, checkpoints } = trainingSchema.shape;
  return [
    ...unknown(training, trainingSchema.shape),
    ...unknown(training.earlyStopping, earlyStopping.unwrap().shape, 'earlyStopping.'),
    ...unknown(training.checkpoints ?? {}, checkpoints.unwrap().shape, 'checkpoints.'),
  ].map((setting) => ({ code: 'training-setting-unknown', severity: 'warning', data: { setting } }));
}

/** The graph as a whole: what is missing, what is too large, what has no use. */
export function judgeGraph(graph: InferredGraph, unused: ReadonlySet<string>): readonly Problem[] {
  const own = [
    ...missingInputs(graph, unused),
    ...missingParts(graph),
    ...sizes(graph),
    ...smallData(graph, unused),
    ...unknownSettings(graph.document.training),
  ];
  const mentioned = new Set([...graph.problems, ...own].map(({ nodeId }) => nodeId));
  const idle = [...unused].flatMap((id): Problem[] => {
    const node = graph.index.nodes.get(id);
    // One warning for a branch that leads nowhere, at its end, and none where a problem stands already.
    if (!node || mentioned.has(id) || edgesAt(graph.index.outgoing, id).length > 0) return [];
    return [{ code: 'not-used', severity: 'warning', nodeId: id, data: { node: nodeTitle(node) } }];
  });
  return [...own, ...idle];
}
