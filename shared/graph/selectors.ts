import { definitionText } from '../i18n/nodeTexts.ts';

import { definitionOf } from './definitionOf.ts';

import type { GraphDocument, NodeInstance } from './document.ts';

/** Once so many nodes of a graph were asked for, an index pays. */
const MANY_ASKED = 8;

/** How often the nodes that were asked last have been, and their index. */
let latest: { nodes: GraphDocument['nodes']; asked: number; byId?: ReadonlyMap<string, NodeInstance> } = {
  nodes: [],
  asked: 0,
};

/** The node with this id, or undefined. */
export function findNode({ nodes }: Pick<GraphDocument, 'nodes'>, id: string): NodeInstance | undefined {
  if (latest.nodes !== nodes) latest = { nodes, asked: 0 };
  latest.asked++;
  if (latest.asked <= MANY_ASKED) return nodes.find((node) => node.id === id);
  latest.byId ??= new Map(nodes.map((node) => [node.id, node]));
  return latest.byId.get(id);
}

/**
 * What people call a node: its own title, else its kind's, else the kind itself. Of an instance of a block
 * the block's title, where the document is given.
 */
export function nodeTitle(node: NodeInstance, document: Pick<GraphDocument, 'blocks'> = {}): string {
  if (node.title) return node.title;
  const definition = definitionOf(document, node);
  return (definition && definitionText(definition).title) || node.kind;
}

/** Ids of the nodes that `after` has and `before` has not: what a command added. */
export function addedNodeIds(before: GraphDocument, after: GraphDocument): readonly string[] {
  const known = new Set(before.nodes.map(({ id }) => id));
  return after.nodes.filter(({ id }) => !known.has(id)).map(({ id }) => id);
}
