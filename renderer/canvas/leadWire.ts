import { routeEdges } from '#shared/graph/commands.ts';
import { edgeId as idOf, type Point } from '#shared/graph/document.ts';
import { sealEdits, useDocumentStore } from '../stores/documentStore.ts';
import { select, useSelectionStore } from '../stores/selectionStore.ts';
import { edit } from './canvasApi.ts';
import { type DrawnWire, drawnWires } from './liftOnPage.ts';
import { withPoint } from './routePath.ts';

const isSame = (a: readonly Point[], b: readonly Point[]): boolean =>
  a.length === b.length && a.every(({ x, y }, index) => x === b[index]?.x && y === b[index]?.y);

function viaOf(edgeId: string): readonly Point[] | null {
  const edge = useDocumentStore.getState().graph?.edges.find((other) => idOf(other) === edgeId);
  return edge ? (edge.via ?? []) : null;
}

/** Leads a wire through these points, as a step of undo of its own. */
export function leadWire(edgeId: string, via: readonly Point[]): void {
  const before = viaOf(edgeId);
  if (!before || isSame(before, via)) return;
  sealEdits();
  edit(routeEdges({ [edgeId]: via }));
}

const wireOf = (edgeId: string): DrawnWire | undefined => [...drawnWires()].find(({ id }) => id === edgeId);

/** Gives a wire a point at this place, to be dragged from there. */
export function addWirePoint(edgeId: string, at: Point): void {
  const wire = wireOf(edgeId);
  if (wire) leadWire(edgeId, withPoint(wire.ends, wire.via, at));
}

/** Gives each selected wire a point in its middle, or takes all points away. One step of undo. */
export function leadSelected(through: 'middle' | 'nothing'): void {
  const { edgeIds, nodeIds } = useSelectionStore.getState();
  const routes = [...drawnWires()]
    .filter(({ id, via }) => edgeIds.has(id) && (through === 'middle' || via.length > 0))
    .map(({ id, ends, via, shape: [, x, y] }) => [
      id,
      through === 'middle' ? withPoint(ends, via, { x, y }) : [],
    ]);
  if (routes.length === 0) return;
  sealEdits();
  edit(routeEdges(Object.fromEntries(routes)));
  select(nodeIds, edgeIds);
}

export const wiresSelected = (): boolean => useSelectionStore.getState().edgeIds.size > 0;
