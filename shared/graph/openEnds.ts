import { definitionOf } from './definitionOf.ts';
import type { Edge, GraphDocument } from './document.ts';

type Endpoint = Edge['from'];

/** Ends of the chosen layers that wait for a wire: inputs that need one and have none, and what leads nowhere yet. */
export function openEnds(
  document: GraphDocument,
  chosen: ReadonlySet<string>,
): { readonly inputs: readonly Endpoint[]; readonly outputs: readonly Endpoint[] } {
  const fed = new Set(document.edges.map(({ to }) => `${to.node}.${to.port}`));
  const used = new Set(document.edges.map(({ from }) => from.node));
  const layers = document.nodes.flatMap((node) => {
    const definition = chosen.has(node.id) ? definitionOf(document, node) : undefined;
    return definition?.role === 'layer' ? [{ node: node.id, ports: definition.ports }] : [];
  });
  return {
    inputs: layers.flatMap(({ node, ports }) =>
      ports.inputs
        .filter(({ id, optional }) => !optional && !fed.has(`${node}.${id}`))
        .map(({ id }) => ({ node, port: id })),
    ),
    outputs: layers.flatMap(({ node, ports: { outputs } }) =>
      outputs[0] && !used.has(node) ? [{ node, port: outputs[0].id }] : [],
    ),
  };
}
