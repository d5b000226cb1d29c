import type { NodeInstance } from '../graph/document.ts';
import { nodeTitle } from '../graph/selectors.ts';
import { optimizerSettings } from '../nodes/optimizerSettings.ts';
import { findNodeDefinition } from '../nodes/registry.ts';
import type { Problem } from '../protocol/problem.ts';
import { edgesAt } from './graphIndex.ts';
import type { InferredGraph } from './inferGraph.ts';
import { upstreamOf } from './reach.ts';

/** Ids of the nodes whose weights an optimiser trains: of what its loss depends on those it names, without the frozen. */
export function trainedBy(graph: InferredGraph, optimizerId: string): string[] {
  const upstream = upstreamOf(graph, [optimizerId]);
  const named = scopeOf(graph, optimizerId);
  return graph.document.nodes
    .filter(({ id, frozen }) => upstream.has(id) && !frozen)
    .filter(({ id }) => named.length === 0 || named.some((member) => liesIn(id, member)))
    .filter(({ id }) => Object.keys(graph.nodes.get(id)?.analysis.weights ?? {}).length > 0)
    .map(({ id }) => id);
}

/** Whether an optimiser has something to train, and what is wrong with the nodes that it names. */
export function judgeScope(graph: InferredGraph, optimizer: NodeInstance): Problem[] {
  const { id } = optimizer;
  const upstream = upstreamOf(graph, [id]);
  const roleOf = (nodeId: string) => findNodeDefinition(graph.index.nodes.get(nodeId)?.kind ?? '')?.role;
  const reachesLoss = edgesAt(graph.index.incoming, id).some(({ from }) => roleOf(from.node) === 'loss');
  if (!reachesLoss) return [];
  const named = scopeOf(graph, id);
  const problems = named.flatMap((member): Problem[] => {
    if ([...upstream].some((path) => path !== id && liesIn(path, member))) return [];
    const node = graph.document.nodes.find((candidate) => liesIn(candidate.id, member));
    return [
      {
        code: node ? 'scope-not-upstream' : 'scope-unknown',
        severity: 'error',
        nodeId: id,
        param: 'scope',
        data: { node: nodeTitle(optimizer), member: node?.id === member ? nodeTitle(node) : member },
        ...(node && { relatedNodeIds: [node.id] }),
        fix: {
          kind: 'set-param',
          nodeId: id,
          param: 'scope',
          value: named.filter((other) => other !== member),
        },
      },
    ];
  });
  if (problems.length > 0) return problems;
  // A node that could not be inferred may yet have weights.
  const known = [...upstream].every((member) => member === id || isInferred(graph, member));
  const trains = trainedBy(graph, id).some((member) => parametersOf(graph, member) > 0);
  if (!known || trains) return [];
  const could = [...upstream].some((member) => parametersOf(graph, member) > 0);
  return [
    {
      code: could ? 'all-frozen' : 'nothing-to-train',
      severity: 'error',
      nodeId: id,
      data: { node: nodeTitle(optimizer) },
    },
  ];
}

/** Whether a node is the one that is named, or lies in the block instance that is. */
const liesIn = (path: string, member: string): boolean => path === member || path.startsWith(`${member}/`);

function scopeOf(graph: InferredGraph, optimizerId: string): readonly string[] {
  const params = graph.nodes.get(optimizerId)?.params;
  return params ? optimizerSettings(params).scope : [];
}

const parametersOf = (graph: InferredGraph, id: string): number =>
  graph.nodes.get(id)?.analysis.parameterCount ?? 0;

const isInferred = (graph: InferredGraph, id: string): boolean => {
  const node = graph.nodes.get(id);
  if (!node || node.problems.some(({ severity }) => severity !== 'warning')) return false;
  return Object.keys(node.analysis.outputs).length > 0;
};
