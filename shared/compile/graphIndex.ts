import { type Edge, edgeId, type GraphDocument, type NodeInstance } from '../graph/document.ts';
import { nodeTitle } from '../graph/selectors.ts';
import { findNodeDefinition } from '../nodes/registry.ts';
import type { Problem } from '../protocol/problem.ts';

/** A document by its nodes: who feeds whom. Wires that end nowhere are left out and reported. */
export interface GraphIndex {
  readonly nodes: ReadonlyMap<string, NodeInstance>;
  /** Wires into each node, in document order. */
  readonly incoming: ReadonlyMap<string, readonly Edge[]>;
  readonly outgoing: ReadonlyMap<string, readonly Edge[]>;
  /** Place of each wire in the document. */
  readonly edgeNumbers: ReadonlyMap<Edge, number>;
  readonly problems: readonly Problem[];
}

const none: readonly Edge[] = [];
export const edgesAt = (edges: ReadonlyMap<string, readonly Edge[]>, nodeId: string): readonly Edge[] =>
  edges.get(nodeId) ?? none;

function append(map: Map<string, Edge[]>, key: string, edge: Edge): void {
  const list = map.get(key);
  if (list) list.push(edge);
  else map.set(key, [edge]);
}

function edgeProblem(edge: Edge, code: string, nodeId: string | undefined, data: Problem['data']): Problem {
  const id = edgeId(edge);
  return {
    code,
    severity: 'error',
    edgeId: id,
    ...(nodeId !== undefined && { nodeId }),
    data,
    fix: { kind: 'remove-edge', edgeId: id },
  };
}

export function indexGraph(document: GraphDocument): GraphIndex {
  const problems: Problem[] = [];
  const nodes = new Map<string, NodeInstance>();
  for (const node of document.nodes) {
    if (nodes.has(node.id)) {
      problems.push({
        code: 'duplicate-node-id',
        severity: 'error',
        nodeId: node.id,
        data: { id: node.id, line: 0 },
      });
    } else nodes.set(node.id, node);
  }

  const incoming = new Map<string, Edge[]>();
  const outgoing = new Map<string, Edge[]>();
  const edgeNumbers = new Map<Edge, number>();
  const single = new Set<string>();
  const seen = new Set<string>();
  for (const edge of document.edges) {
    const source = nodes.get(edge.from.node);
    const target = nodes.get(edge.to.node);
    if (!source || !target) {
      const lost = source ? edge.to.node : edge.from.node;
      problems.push(edgeProblem(edge, 'edge-to-nowhere', (source ?? target)?.id, { id: lost }));
      continue;
    }
    const sourceDefinition = findNodeDefinition(source.kind);
    if (sourceDefinition && !sourceDefinition.ports.outputs.some(({ id }) => id === edge.from.port)) {
      problems.push(
        edgeProblem(edge, 'port-not-found', source.id, { node: nodeTitle(source), port: edge.from.port }),
      );
      continue;
    }
    const targetDefinition = findNodeDefinition(target.kind);
    const input = targetDefinition?.ports.inputs.find(({ id }) => id === edge.to.port);
    if (targetDefinition && !input) {
      problems.push(
        edgeProblem(edge, 'port-not-found', target.id, { node: nodeTitle(target), port: edge.to.port }),
      );
      continue;
    }
    const id = edgeId(edge);
    if (seen.has(id)) {
      problems.push(edgeProblem(edge, 'duplicate-edge', target.id, { id, line: 0 }));
      continue;
    }
    seen.add(id);
    const place = `${edge.to.node}.${edge.to.port}`;
    if (input && !input.multiple) {
      if (single.has(place)) {
        problems.push(
          edgeProblem(edge, 'port-occupied', target.id, { node: nodeTitle(target), port: edge.to.port }),
        );
        continue;
      }
      single.add(place);
    }
    edgeNumbers.set(edge, edgeNumbers.size);
    append(incoming, edge.to.node, edge);
    append(outgoing, edge.from.node, edge);
  }
  return { nodes, incoming, outgoing, edgeNumbers, problems };
}
