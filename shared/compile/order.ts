import { type Edge, edgeId } from '../graph/document.ts';
import { nodeTitle } from '../graph/selectors.ts';
import type { Problem } from '../protocol/problem.ts';
import { edgesAt, type GraphIndex } from './graphIndex.ts';

export interface TopologicalOrder {
  /** Every node after all that feed it; of equals, the document's order. */
  readonly ids: readonly string[];
  /** Wires that close a cycle; their ends are treated as not known. */
  readonly brokenEdges: ReadonlySet<Edge>;
  /** One for each cycle, naming its members; the fix takes out one wire. */
  readonly problems: readonly Problem[];
}

/** Past so many cycles the rest is cut without a report of its own. */
const MAX_REPORTED = 20;

/** A cycle among nodes of which each is fed by another of them: its wires, in wire order. */
function findCycle(index: GraphIndex, waiting: ReadonlySet<string>, broken: ReadonlySet<Edge>): Edge[] {
  const walked = new Map<string, number>();
  const edges: Edge[] = [];
  let [at] = waiting;
  while (at !== undefined && !walked.has(at)) {
    walked.set(at, edges.length);
    const edge = edgesAt(index.incoming, at).find(
      (candidate) => waiting.has(candidate.from.node) && !broken.has(candidate),
    );
    if (!edge) throw new Error('order: a waiting node without a waiting source');
    edges.push(edge);
    at = edge.from.node;
  }
  return edges.slice(walked.get(at ?? '') ?? 0).reverse();
}

export function orderNodes(index: GraphIndex): TopologicalOrder {
  const ids: string[] = [];
  const brokenEdges = new Set<Edge>();
  const problems: Problem[] = [];
  const missing = new Map<string, number>();
  const waiting = new Set<string>(index.nodes.keys());
  for (const id of index.nodes.keys()) missing.set(id, edgesAt(index.incoming, id).length);

  const ready: string[] = [...index.nodes.keys()].filter((id) => missing.get(id) === 0);
  const release = (edge: Edge): void => {
    const left = (missing.get(edge.to.node) ?? 0) - 1;
    missing.set(edge.to.node, left);
    if (left === 0) ready.push(edge.to.node);
  };
  let next = 0;
  for (;;) {
    for (; next < ready.length; next += 1) {
      const id = ready[next] as string;
      ids.push(id);
      waiting.delete(id);
      for (const edge of edgesAt(index.outgoing, id)) if (!brokenEdges.has(edge)) release(edge);
    }
    if (waiting.size === 0) return { ids, brokenEdges, problems };

    const cycle = findCycle(index, waiting, brokenEdges);
    // The wire drawn last is the one that most likely was not meant.
    const drawn = (edge: Edge): number => index.edgeNumbers.get(edge) ?? 0;
    const closing = cycle.reduce((last, edge) => (drawn(edge) > drawn(last) ? edge : last));
    brokenEdges.add(closing);
    release(closing);
    if (problems.length >= MAX_REPORTED) continue;
    const members = cycle.map((edge) => edge.to.node);
    const names = members.map((id) => {
      const node = index.nodes.get(id);
      return node ? nodeTitle(node) : id;
    });
    problems.push({
      code: 'cycle',
      severity: 'error',
      nodeId: closing.to.node,
      port: closing.to.port,
      edgeId: edgeId(closing),
      relatedNodeIds: members.filter((id) => id !== closing.to.node),
      data: { members: `${names.join(' → ')} → ${names[0] ?? ''}`, count: members.length },
      fix: { kind: 'remove-edge', edgeId: edgeId(closing) },
    });
  }
}
