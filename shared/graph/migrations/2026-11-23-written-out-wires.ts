import type { JsonObject, JsonValue } from '../../protocol/json.ts';
import { isJsonObject, type Migration } from './migration.ts';

/** `"conv.y > dense.x"`: node and port at each end. */
const WIRE = /^\s*([\w-]+)\.([\w-]+)\s*>\s*([\w-]+)\.([\w-]+)\s*$/;

function writtenOut(edge: JsonValue): JsonValue {
  const found = typeof edge === 'string' ? WIRE.exec(edge) : null;
  if (!found) return edge;
  const [, fromNode = '', fromPort = '', toNode = '', toPort = ''] = found;
  return { from: { node: fromNode, port: fromPort }, to: { node: toNode, port: toPort } };
}

/**
 * Version 0, the short form for files written by hand: wires are strings, nodes may leave out
 * `params` and `position`, the name may be missing. Version 1 writes all of it out; nodes without a
 * place stand in a row.
 */
export const writtenOutWires: Migration = {
  from: 0,
  migrate(document) {
    const nodes = Array.isArray(document.nodes) ? document.nodes : [];
    const edges = Array.isArray(document.edges) ? document.edges : [];
    return {
      ...document,
      name: document.name ?? 'Untitled',
      nodes: nodes.map((node, index): JsonValue => {
        if (!isJsonObject(node)) return node;
        const complete: JsonObject = { params: {}, position: { x: index * 240, y: 0 }, ...node };
        return complete;
      }),
      edges: edges.map(writtenOut),
    };
  },
};
