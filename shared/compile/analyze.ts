import type { GraphDocument } from '../graph/document.ts';
import type { Problem } from '../protocol/problem.ts';
import { type InferredGraph, inferGraph } from './inferGraph.ts';
import { findUnused, judgeGraph } from './judgeGraph.ts';
import type { Analysis, FactsByNode, NodeAnalysis } from './plan.ts';

/** An analysis with what a plan is made from. */
export interface AnalyzedGraph extends InferredGraph {
  readonly analysis: Analysis;
}

/** Errors before warnings, each in the order of the nodes; what concerns no node comes first. */
function sortProblems(problems: readonly Problem[], graph: InferredGraph): readonly Problem[] {
  const places = new Map([...graph.index.nodes.keys()].map((id, index) => [id, index]));
  const place = ({ nodeId }: Problem): number => (nodeId === undefined ? -1 : (places.get(nodeId) ?? -1));
  const weight = ({ severity }: Problem): number => (severity === 'error' ? 0 : 1);
  return problems.toSorted((a, b) => weight(a) - weight(b) || place(a) - place(b));
}

export function analyzeGraph(document: GraphDocument, facts: FactsByNode): AnalyzedGraph {
  const graph = inferGraph(document, facts);
  const unused = findUnused(graph);
  const problems = [...graph.problems, ...judgeGraph(graph, unused)].map((problem) =>
    // A part of the graph that takes no part in training may be left unfinished.
    problem.code === 'unknown-kind' && problem.nodeId !== undefined && unused.has(problem.nodeId)
      ? { ...problem, severity: 'warning' as const }
      : problem,
  );
  const nodes = new Map<string, NodeAnalysis>();
  const totals = { parameters: 0, flops: 0, activationBytes: 0 };
  for (const [id, { analysis }] of graph.nodes) {
    nodes.set(id, analysis);
    totals.parameters += analysis.parameterCount;
    totals.flops += analysis.flops;
    totals.activationBytes += analysis.activationBytes;
  }
  return {
    ...graph,
    analysis: { nodes, edges: graph.edges, problems: sortProblems(problems, graph), unused, totals },
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
