import { ok } from '../protocol/problem.ts';
import { type Command, nodeNotFound, sequence } from './command.ts';
import { type Edge, edgeId, type GraphDocument } from './document.ts';
import { removeEdges } from './edgeCommands.ts';
import { removeNodes } from './nodeCommands.ts';
import { findNode } from './selectors.ts';
import { checkWire } from './wiring.ts';

type Endpoint = Edge['from'];

/** A node with the ports by which it goes into a wire. */
interface Splice {
  readonly node: string;
  readonly input: string;
  readonly output: string;
}

/**
 * Puts a node into a wire. The new wire onwards takes the old one's place in the document, since the order
 * of the wires into a port that takes several is the order of its values.
 */
export function spliceNode(id: string, { node, input, output }: Splice): Command {
  return {
    label: { key: 'insert-into-wire' },
    apply(document) {
      const edge = document.edges.find((candidate) => edgeId(candidate) === id);
      if (!edge) return removeEdges([id]).apply(document);
      if (!findNode(document, node)) return nodeNotFound(node);
      const cut = { ...document, edges: document.edges.filter((other) => other !== edge) };
      const inwards = { from: edge.from, to: { node, port: input } };
      const onwards = { from: { node, port: output }, to: edge.to };
      for (const { from, to } of [inwards, onwards]) {
        const checked = checkWire(cut, from, to);
        if (!checked.ok) return checked;
      }
      const isReplaced = ({ to }: Edge): boolean => to.node === node && to.port === input;
      return ok({
        ...document,
        edges: document.edges
          .filter((other) => other === edge || !isReplaced(other))
          .flatMap((other) => (other === edge ? [inwards, onwards] : [other])),
      });
    },
  };
}

/** Removes one node; its outputs' wires then come from the first of its sources that fits. */
function bridgeOver(node: string, fits: (from: Endpoint, to: Endpoint) => boolean): Command {
  return {
    label: { key: 'remove-and-bridge', data: { count: 1 } },
    apply(document) {
      const sources = document.edges.filter(({ to }) => to.node === node).map(({ from }) => from);
      const removed = removeNodes([node]).apply(document);
      if (!removed.ok) return removed;
      let without: GraphDocument = removed.value;
      const edges = document.edges.flatMap((edge): Edge[] => {
        if (edge.to.node === node) return [];
        if (edge.from.node !== node) return [edge];
        const source = sources.find((from) => fits(from, edge.to) && checkWire(without, from, edge.to).ok);
        if (!source) return [];
        const bridge = { from: source, to: edge.to };
        without = { ...without, edges: [...without.edges, bridge] };
        return [bridge];
      });
      return ok({ ...removed.value, edges });
    },
  };
}

/**
 * Removes nodes and connects what they stood between, where it fits. `fits` says whether a value may enter
 * a port, beyond what the form of the graph says.
 */
export function removeAndBridge(
  ids: readonly string[],
  fits: (from: Endpoint, to: Endpoint) => boolean,
): Command {
  return sequence({ key: 'remove-and-bridge', data: { count: ids.length } }, () =>
    ids.map((id) => bridgeOver(id, fits)),
  );
}
