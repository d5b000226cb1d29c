import type { GraphDocument } from '#shared/graph/document.ts';

/** The gallery's graph as it might have been: against it one card is new, one changed, one with its wire gone. */
export function earlierDocument(document: GraphDocument): GraphDocument {
  const nodes = document.nodes
    .filter(({ id }) => id !== 'wrong-param')
    .map((node) => (node.id === 'fits' ? { ...node, params: { ...node.params, filters: 16 } } : node));
  return {
    ...document,
    training: { ...document.training, epochs: 50 },
    nodes: [...nodes, { id: 'gone', kind: 'dropout', params: { rate: 0.5 }, position: { x: 1500, y: 20 } }],
    edges: [...document.edges, { from: { node: 'wrong-shape', port: 'y' }, to: { node: 'gone', port: 'x' } }],
  };
}
