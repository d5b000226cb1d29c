import { fail, ok } from '../protocol/problem.ts';
import type { Command } from './command.ts';
import { type Edge, edgeId, MAX_WIRE_POINTS, type Point } from './document.ts';

function routed({ via: _, ...edge }: Edge, via: readonly Point[]): Edge {
  return via.length > 0 ? { ...(edge as Edge), via: via.map(({ x, y }) => ({ x, y })) } : (edge as Edge);
}

/** Leads wires through points, each from its output on; no points lead it straight again. */
export function routeEdges(viaById: Readonly<Record<string, readonly Point[]>>): Command {
  const ids = Object.keys(viaById);
  return {
    label: { key: 'route-edges', data: { count: ids.length } },
    apply(document) {
      const present = new Set(document.edges.map(edgeId));
      const missing = ids.find((id) => !present.has(id));
      if (missing !== undefined) {
        return fail({ code: 'edge-not-found', severity: 'error', edgeId: missing, data: { id: missing } });
      }
      const crowded = ids.find((id) => (viaById[id]?.length ?? 0) > MAX_WIRE_POINTS);
      if (crowded !== undefined) {
        return fail({
          code: 'too-many-wire-points',
          severity: 'error',
          edgeId: crowded,
          data: { most: MAX_WIRE_POINTS },
        });
      }
      return ok({
        ...document,
        edges: document.edges.map((edge) => {
          const via = viaById[edgeId(edge)];
          return via ? routed(edge, via) : edge;
        }),
      });
    },
  };
}

/** Places are rounded, each by itself: the same way to within a pixel. */
const isSameWay = (a: Point, b: Point): boolean => Math.abs(a.x - b.x) <= 1 && Math.abs(a.y - b.y) <= 1;

/**
 * Wires after nodes have been moved, each by its own distance: the points of a wire go along where both of
 * its ends went the same way. The same list where no point moves.
 */
export function carryRoutes(edges: Edge[], shifts: ReadonlyMap<string, Point>): Edge[] {
  let moved = false;
  const carried = edges.map((edge) => {
    const by = edge.via && shifts.get(edge.from.node);
    const other = by && shifts.get(edge.to.node);
    if (!edge.via || !by || !other || !isSameWay(by, other)) return edge;
    if (by.x === 0 && by.y === 0) return edge;
    moved = true;
    return routed(
      edge,
      edge.via.map(({ x, y }) => ({ x: x + by.x, y: y + by.y })),
    );
  });
  return moved ? carried : edges;
}
