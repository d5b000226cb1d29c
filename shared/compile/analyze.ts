import { edgeId, type GraphDocument } from '../graph/document.ts';
import {
  resolveExpressions,
  toldOfExpressions,
  variableProblems,
  withResolvedInstances,
} from '../graph/resolveExpressions.ts';
import type { Problem } from '../protocol/problem.ts';
import {
  analyzeInstances,
  countedTwice,
  outerEdges,
  outerProblem,
  sharedWeightProblems,
  withoutEchoes,
} from './analyzeBlocks.ts';
import { type Expansion, expandBlocks, outerNodeId } from './expandBlocks.ts';
import { type InferredGraph, inferGraph } from './inferGraph.ts';
import { findUnused, judgeGraph } from './judgeGraph.ts';
import type { Analysis, FactsByNode, NodeAnalysis } from './plan.ts';
import { sourcesPastSwitchedOff, withoutSwitchedOff } from './switchedOff.ts';

/** An analysis with what a plan is made from: the graph with its blocks expanded. */
export interface AnalyzedGraph extends InferredGraph {
  readonly analysis: Analysis;
  readonly expansion: Expansion;
  /** Instance paths of what a run leaves out. */
  readonly unusedPaths: ReadonlySet<string>;
}

/** Errors before warnings, each in the order of the nodes; what concerns no node comes first. */
function sortProblems(problems: readonly Problem[], document: GraphDocument): readonly Problem[] {
  const places = new Map(document.nodes.map(({ id }, index) => [id, index]));
  const place = ({ nodeId }: Problem): number => (nodeId === undefined ? -1 : (places.get(nodeId) ?? -1));
  const weight = ({ severity }: Problem): number => (severity === 'error' ? 0 : 1);
  return problems.toSorted((a, b) => weight(a) - weight(b) || place(a) - place(b));
}

/** The document's nodes of which no part takes part. */
function outerUnused(unusedPaths: ReadonlySet<string>, expansion: Expansion): ReadonlySet<string> {
  if (expansion.instances.size === 0) return unusedPaths;
  const used = new Set(
    expansion.document.nodes.filter(({ id }) => !unusedPaths.has(id)).map(({ id }) => outerNodeId(id)),
  );
  return new Set([...unusedPaths].map(outerNodeId).filter((id) => !used.has(id)));
}

/** Types on the wires, with those to and from nodes that are switched off. */
function wireTypes(
  document: GraphDocument,
  nodes: Analysis['nodes'],
  edges: Analysis['edges'],
): Analysis['edges'] {
  const past = sourcesPastSwitchedOff(document);
  if (past.size === 0) return edges;
  const all = new Map(edges);
  for (const [edge, { node, port }] of past) {
    const type = nodes.get(node)?.outputs[port];
    if (type) all.set(edgeId(edge), type);
  }
  return all;
}

export function analyzeGraph(whole: GraphDocument, facts: FactsByNode): AnalyzedGraph {
  const { document, problems: inInstances } = withResolvedInstances(withoutSwitchedOff(whole));
  const written = expandBlocks(document);
  const { document: resolved, problems: inNodes } = resolveExpressions(written.document);
  const expansion = { ...written, document: resolved };
  const graph = inferGraph(expansion.document, facts);
  const unusedPaths = findUnused(graph);
  const found = [
    ...graph.problems,
    ...judgeGraph(graph, unusedPaths),
    ...sharedWeightProblems(graph, expansion),
  ].map((problem) =>
    // A part of the graph that takes no part in training may be left unfinished.
    problem.code === 'unknown-kind' && problem.nodeId !== undefined && unusedPaths.has(problem.nodeId)
      ? { ...problem, severity: 'warning' as const }
      : problem,
  );
  const told = [...expansion.problems, ...found].flatMap(
    (problem) => toldOfExpressions(problem, written.document, [...inInstances, ...inNodes]) ?? [],
  );
  const problems = [
    ...variableProblems(document, [...inInstances, ...inNodes]),
    ...inInstances,
    ...withoutEchoes(
      [...inNodes, ...told].map((problem) => outerProblem(problem, written, document)),
      document,
    ),
  ];
  const nodes = new Map<string, NodeAnalysis>(analyzeInstances(graph, expansion));
  const totals = { parameters: -countedTwice(graph, expansion), flops: 0, activationBytes: 0 };
  for (const [id, { analysis }] of graph.nodes) {
    nodes.set(id, analysis);
    totals.parameters += analysis.parameterCount;
    totals.flops += analysis.flops;
    totals.activationBytes += analysis.activationBytes;
  }
  return {
    ...graph,
    expansion,
    unusedPaths,
    analysis: {
      nodes,
      edges: wireTypes(whole, nodes, outerEdges(graph.edges, expansion)),
      problems: sortProblems(problems, document),
      unused: outerUnused(unusedPaths, expansion),
      totals,
    },
  };
}

/**
 * What the editor shows of a document: the type on every wire, the weights and cost of every node,
 * and a Problem for everything that is wrong. Never throws, whatever the document holds; fast enough
 * to run on every edit, since nodes that an edit does not concern keep their earlier result.
 */
export function analyze(document: GraphDocument, facts: FactsByNode = {}): Analysis {
  return analyzeGraph(document, facts).analysis;
}
