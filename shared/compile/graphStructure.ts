import type { Edge, GraphDocument, NodeInstance } from '../graph/document.ts';
import { type GraphIndex, indexGraph } from './graphIndex.ts';
import { orderNodes, type TopologicalOrder } from './order.ts';

/** What parameters and places do not change: who feeds whom, and in which order nodes are visited. */
interface GraphStructure {
  readonly index: GraphIndex;
  readonly order: TopologicalOrder;
}

interface Known extends GraphStructure {
  readonly nodes: readonly NodeInstance[];
  readonly edges: readonly Edge[];
}

/** That of the graph looked at last: edits follow each other, and most leave the wiring alone. */
let latest: Known | undefined;

const isSameCard = (a: NodeInstance, b: NodeInstance | undefined): boolean =>
  a === b || (b !== undefined && a.id === b.id && a.kind === b.kind);

/** Whether the wiring of both is the same. Problems name nodes by their titles, so such a structure is made anew. */
function fits({ nodes, edges, index, order }: Known, document: GraphDocument): boolean {
  return (
    edges === document.edges &&
    nodes.length === document.nodes.length &&
    index.problems.length === 0 &&
    order.problems.length === 0 &&
    nodes.every((node, at) => isSameCard(node, document.nodes[at]))
  );
}

/** The structure of a graph; that of the one before, where only what nodes hold has changed since. */
export function graphStructure(document: GraphDocument): GraphStructure {
  const { nodes, edges } = document;
  if (latest && fits(latest, document)) {
    if (latest.nodes !== nodes) {
      const index = { ...latest.index, nodes: new Map(nodes.map((node) => [node.id, node])) };
      latest = { ...latest, index, nodes };
    }
    return latest;
  }
  const index = indexGraph(document);
  latest = { index, order: orderNodes(index), nodes, edges };
  return latest;
}
