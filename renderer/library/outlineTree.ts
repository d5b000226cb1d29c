import { indexGraph } from '#shared/compile/graphIndex.ts';
import { orderNodes } from '#shared/compile/order.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { GraphDocument, NodeInstance } from '#shared/graph/document.ts';

export const outlineGroups = ['data', 'network', 'loss', 'metric', 'optimizer', 'unknown'] as const;
export type OutlineGroup = (typeof outlineGroups)[number];

/** A wire seen from one of its ends: the node and port at the other. */
export interface OutlineLink {
  readonly direction: 'in' | 'out';
  readonly port: string;
  readonly otherId: string;
  readonly otherPort: string;
}

export interface OutlineNode {
  readonly node: NodeInstance;
  readonly links: readonly OutlineLink[];
}

const groupOf = (document: GraphDocument, node: NodeInstance): OutlineGroup => {
  const role = definitionOf(document, node)?.role;
  if (role === undefined) return 'unknown';
  return role === 'dataset' ? 'data' : role === 'layer' ? 'network' : role;
};

/** The graph as a tree: what a node is for, then the nodes in the order data flows, then their wires. */
export function outlineTree(
  document: GraphDocument,
): readonly { readonly group: OutlineGroup; readonly nodes: readonly OutlineNode[] }[] {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const ordered = orderNodes(indexGraph(document)).ids.flatMap((id) => nodes.get(id) ?? []);
  const links = new Map<string, OutlineLink[]>();
  const add = (id: string, link: OutlineLink): void => void links.set(id, [...(links.get(id) ?? []), link]);
  for (const { from, to } of document.edges) {
    add(to.node, { direction: 'in', port: to.port, otherId: from.node, otherPort: from.port });
    add(from.node, { direction: 'out', port: from.port, otherId: to.node, otherPort: to.port });
  }
  return outlineGroups
    .map((group) => ({
      group,
      nodes: ordered
        .filter((node) => groupOf(document, node) === group)
        .map((node) => ({ node, links: (links.get(node.id) ?? []).toSorted(byDirection) })),
    }))
    .filter((entry) => entry.nodes.length > 0);
}

const byDirection = (a: OutlineLink, b: OutlineLink): number =>
  Number(a.direction === 'out') - Number(b.direction === 'out');
