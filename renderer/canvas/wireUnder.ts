import type { Edge } from '#shared/graph/document.ts';
import { newNodeDefinition } from '../blocks/newNode.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { documentIndex } from './documentIndex.ts';
import { portsWithin } from './fitting.ts';
import { type DrawnWire, drawnWires } from './liftOnPage.ts';
import { type Box, wirePoints } from './wirePath.ts';

/** Whether a wire comes anywhere near an area, told by its ends. */
export function mayCross(
  { ends, lane, via }: DrawnWire,
  { left, top, right, bottom }: Omit<Box, 'id'>,
): boolean {
  const { sourceX, sourceY, targetX, targetY } = ends;
  if (via.length > 0) return true;
  const heights = lane === null ? [sourceY, targetY] : [sourceY, targetY, lane];
  return (
    Math.min(sourceX, targetX) < right &&
    Math.max(sourceX, targetX) > left &&
    Math.min(...heights) < bottom &&
    Math.max(...heights) > top
  );
}

/** How far the wire is from the middle of the box, if it runs through the box. */
function distance({ ends, lane, via }: DrawnWire, { left, top, right, bottom }: Box): number {
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  return wirePoints(ends, lane, via).reduce(
    (least, [x, y]) =>
      x > left && x < right && y > top && y < bottom
        ? Math.min(least, Math.hypot(x - middle.x, y - middle.y))
        : least,
    Number.POSITIVE_INFINITY,
  );
}

/** The wire that runs through this place and that a node of this kind fits into; the nearest of several. */
export function wireUnder(kind: string, box: Box): Edge | null {
  const { graph: document } = useDocumentStore.getState();
  const definition = newNodeDefinition(kind);
  if (!document || !definition) return null;
  const { edges } = documentIndex(document);
  let nearest: { readonly edge: Edge; readonly away: number } | null = null;
  for (const wire of drawnWires()) {
    if (!mayCross(wire, box)) continue;
    const edge = edges.get(wire.id);
    if (!edge || wire.source === box.id || wire.target === box.id) continue;
    const away = distance(wire, box);
    if (away < (nearest?.away ?? Number.POSITIVE_INFINITY) && portsWithin(definition, edge)) {
      nearest = { edge, away };
    }
  }
  return nearest?.edge ?? null;
}
