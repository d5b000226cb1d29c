import { fail, ok } from '../protocol/problem.ts';
import type { Fragment } from './clipboard.ts';
import type { Command } from './command.ts';
import type { GraphDocument, NodeInstance } from './document.ts';
import { nextNodeId } from './nodeCommands.ts';

/** Adds copied nodes under fresh ids, moved by `offset`, with the wires among them and the variables they lack. */
export function paste(fragment: Fragment, offset: NodeInstance['position']): Command {
  return {
    label: { key: 'paste', data: { count: fragment.nodes.length } },
    apply(document) {
      if (fragment.nodes.length === 0) {
        return fail({ code: 'clipboard-not-a-graph', severity: 'error', data: {} });
      }
      const freshIds = new Map<string, string>();
      let grown: GraphDocument = document;
      for (const node of fragment.nodes) {
        const id = nextNodeId(grown, node.kind);
        freshIds.set(node.id, id);
        const position = { x: node.position.x + offset.x, y: node.position.y + offset.y };
        grown = { ...grown, nodes: [...grown.nodes, { ...node, id, position }] };
      }
      const edges = fragment.edges.flatMap((edge) => {
        const from = freshIds.get(edge.from.node);
        const to = freshIds.get(edge.to.node);
        return from && to
          ? [{ ...edge, from: { ...edge.from, node: from }, to: { ...edge.to, node: to } }]
          : [];
      });
      const known = new Set(grown.variables?.map(({ name }) => name));
      const variables = fragment.variables?.filter(({ name }) => !known.has(name)) ?? [];
      return ok({
        ...grown,
        edges: [...grown.edges, ...edges],
        ...(variables.length > 0 && { variables: [...(grown.variables ?? []), ...variables] }),
      });
    },
  };
}
