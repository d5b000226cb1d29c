import { fail, ok } from '../protocol/problem.ts';
import type { Command } from './command.ts';
import { type Edge, edgeId } from './document.ts';
import { checkWire, replacedEdges } from './wiring.ts';

type Endpoint = Edge['from'];

/** Draws a wire; an input that takes one gives up the wire it has. */
export function connect(from: Endpoint, to: Endpoint): Command {
  return {
    label: { key: 'connect' },
    apply(document) {
      const checked = checkWire(document, from, to);
      if (!checked.ok) return checked;
      const replaced = new Set(replacedEdges(document, to));
      const edges = document.edges.filter((edge) => !replaced.has(edge));
      return ok({ ...document, edges: [...edges, { from, to }] });
    },
  };
}

/**
 * Moves an end of a wire. It keeps the points that it is led through, and its place among the wires: their order is
 * the order of the values into a port that takes several.
 */
export function reconnect(id: string, from: Endpoint, to: Endpoint): Command {
  return {
    label: { key: 'reconnect' },
    apply(document) {
      const edge = document.edges.find((candidate) => edgeId(candidate) === id);
      if (!edge) return removeEdges([id]).apply(document);
      const without = { ...document, edges: document.edges.filter((other) => other !== edge) };
      const checked = checkWire(without, from, to);
      if (!checked.ok) return checked;
      const replaced = new Set(replacedEdges(without, to));
      return ok({
        ...document,
        edges: document.edges
          .filter((other) => !replaced.has(other))
          .map((other) => (other === edge ? { ...edge, from, to } : other)),
      });
    },
  };
}

export function removeEdges(edgeIds: readonly string[]): Command {
  return {
    label: { key: 'remove-edges', data: { count: edgeIds.length } },
    apply(document) {
      const gone = new Set(edgeIds);
      const present = new Set(document.edges.map(edgeId));
      const missing = edgeIds.find((id) => !present.has(id));
      if (missing !== undefined) {
        return fail({ code: 'edge-not-found', severity: 'error', edgeId: missing, data: { id: missing } });
      }
      return ok({ ...document, edges: document.edges.filter((edge) => !gone.has(edgeId(edge))) });
    },
  };
}
