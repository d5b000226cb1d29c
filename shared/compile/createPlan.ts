import type { GraphDocument } from '../graph/document.ts';
import type { LossNode } from '../nodes/defineNode.ts';
import { optimizerSettings } from '../nodes/optimizerSettings.ts';
import { findNodeDefinition } from '../nodes/registry.ts';
import { fail, ok, type Problem, type Result } from '../protocol/problem.ts';
import { type AnalyzedGraph, analyzeGraph } from './analyze.ts';
import { blockingProblems } from './blockingProblems.ts';
import { outerNodeId } from './expandBlocks.ts';
import { edgesAt } from './graphIndex.ts';
import { trainedBy } from './optimizerScope.ts';
import type {
  FactsByNode,
  Plan,
  PlanDataset,
  PlanNode,
  PlanOptimizer,
  PlanPrediction,
  ValueRef,
} from './plan.ts';

function planNode(graph: AnalyzedGraph, id: string): PlanNode | undefined {
  const node = graph.index.nodes.get(id);
  const inferred = graph.nodes.get(id);
  if (!node || !inferred?.params) return undefined;
  const inputs: Record<string, ValueRef[]> = {};
  for (const { from, to } of edgesAt(graph.index.incoming, id)) {
    const list = inputs[to.port] ?? [];
    list.push({ path: from.node, port: from.port });
    inputs[to.port] = list;
  }
  const { inputs: inputTypes, outputs: outputTypes, weights } = inferred.analysis;
  return {
    path: id,
    nodeId: outerNodeId(id),
    kind: node.kind,
    params: inferred.params,
    inputs,
    inputTypes,
    outputTypes,
    weights,
    weightsPath: graph.expansion.sharedWeights.get(id) ?? id,
    ...(node.frozen && { frozen: true }),
  };
}

/** Where the node that others share weights with takes no part, the first of those others keeps them. */
function withOwners(nodes: readonly PlanNode[]): readonly PlanNode[] {
  const paths = new Set(nodes.map(({ path }) => path));
  const owners = new Map<string, string>();
  return nodes.map((node) => {
    if (paths.has(node.weightsPath)) return node;
    const owner = owners.get(node.weightsPath) ?? node.path;
    owners.set(node.weightsPath, owner);
    return { ...node, weightsPath: owner };
  });
}

/** Whether a loss goes into another, e.g. a weighted sum, so that it is not reported twice. */
const isPartOfLoss = ({ path }: PlanNode, nodes: readonly PlanNode[]): boolean =>
  nodes.some(
    ({ kind, inputs }) =>
      findNodeDefinition(kind)?.role === 'loss' &&
      Object.values(inputs).some((refs) => refs.some((ref) => ref.path === path)),
  );

function prediction(node: PlanNode, { prediction }: LossNode): PlanPrediction | undefined {
  if (!prediction) return undefined;
  const value = node.inputs[prediction.port]?.[0];
  const target = node.inputs[prediction.target]?.[0];
  const type = node.inputTypes[prediction.port]?.[0];
  const targetType = node.inputTypes[prediction.target]?.[0];
  if (!value || !target || type?.type !== 'tensor' || targetType?.type !== 'tensor') {
    throw new Error(`createPlan: loss ${node.path} without prediction or target`);
  }
  const { activation } = prediction;
  return {
    lossPath: node.path,
    value,
    type,
    target,
    targetType,
    activation: typeof activation === 'function' ? activation(node.params) : activation,
  };
}

function optimizer(graph: AnalyzedGraph, node: PlanNode, nodes: readonly PlanNode[]): PlanOptimizer {
  const loss = node.inputs.loss?.[0];
  if (!loss) throw new Error(`createPlan: optimiser ${node.path} without a loss`);
  const trained = new Set(trainedBy(graph, node.path));
  // Weights that several nodes share are frozen where one of them is.
  const frozen = new Set(nodes.filter((other) => other.frozen).map(({ weightsPath }) => weightsPath));
  const scope = nodes
    .filter(({ path, weightsPath }) => trained.has(path) && !frozen.has(weightsPath))
    .map(({ path }) => path);
  return { path: node.path, kind: node.kind, params: node.params, loss, scope };
}

/** Losses that no other loss consumes. */
function outermost(losses: readonly string[], nodes: readonly PlanNode[]): string[] {
  const all = new Set(losses);
  const consumed = new Set(
    nodes
      .filter(({ path }) => all.has(path))
      .flatMap(({ inputs }) => Object.values(inputs).flatMap((refs) => refs.map(({ path }) => path))),
  );
  return losses.filter((path) => !consumed.has(path));
}

const byOrder = (a: PlanOptimizer, b: PlanOptimizer): number =>
  optimizerSettings(a.params).order - optimizerSettings(b.params).order;

/**
 * The document made ready to run: parameters parsed, types known, in topological order, without what
 * takes no part. Fails with every error that stands in the way; `facts` as for `analyze`.
 */
export function createPlan(document: GraphDocument, facts: FactsByNode = {}): Result<Plan, Problem[]> {
  const graph = analyzeGraph(document, facts);
  const blocking = blockingProblems(graph.analysis);
  if (blocking.length > 0) return fail(blocking);

  const planned = graph.order.flatMap((id) => {
    const node = graph.unusedPaths.has(id) ? undefined : planNode(graph, id);
    return node ? [node] : [];
  });
  const nodes = withOwners(planned);
  const datasets: PlanDataset[] = [];
  const predictions: PlanPrediction[] = [];
  const losses: string[] = [];
  const metrics: string[] = [];
  const optimizers: PlanOptimizer[] = [];
  for (const node of nodes) {
    const definition = findNodeDefinition(node.kind);
    switch (definition?.role) {
      case 'dataset': {
        const known = graph.nodes.get(node.path)?.facts;
        if (!known) throw new Error(`createPlan: nothing is known of the data of ${node.path}`);
        datasets.push({ path: node.path, loader: definition.loader, params: node.params, facts: known });
        break;
      }
      case 'loss':
        if (!isPartOfLoss(node, nodes)) losses.push(node.path);
        predictions.push(...[prediction(node, definition)].filter((answer) => answer !== undefined));
        break;
      case 'metric':
        metrics.push(node.path);
        break;
      case 'optimizer':
        optimizers.push(optimizer(graph, node, nodes));
        break;
      default:
    }
  }
  return ok({
    nodes,
    datasets,
    losses: outermost(losses, nodes),
    metrics,
    optimizers: optimizers.toSorted(byOrder),
    predictions,
    training: document.training,
  });
}
