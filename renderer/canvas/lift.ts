import { create } from 'zustand';
import type { Edge } from '#shared/graph/document.ts';
import type { Point } from './canvasApi.ts';
import type { GuideLine } from './snap.ts';

interface Lift {
  /** Nodes in hand. */
  readonly nodeIds: ReadonlySet<string>;
  /** How far they are from where they were picked up. */
  readonly by: Point;
  /** What they lie level with. */
  readonly lines: readonly GuideLine[];
  /** The wire that the one card in hand goes into when it is dropped. */
  readonly into: Edge | null;
}

const down: Lift = { nodeIds: new Set(), by: { x: 0, y: 0 }, lines: [], into: null };

/**
 * Cards being dragged. Neither the document nor React Flow's store knows of it before they are put
 * down: a change there wakes every node and every wire, which in a graph of thousands takes longer than
 * a frame. liftOnPage.ts moves what is in hand.
 */
export const useLift = create<Lift>(() => down);

const isSame = (ids: readonly string[], held: ReadonlySet<string>): boolean =>
  ids.length === held.size && ids.every((id) => held.has(id));

/** Moves cards to a distance from where they rest; the set stays the same object while they are in hand. */
export function carry(nodeIds: readonly string[], where: Omit<Lift, 'nodeIds'>): void {
  const held = useLift.getState();
  useLift.setState({
    ...where,
    nodeIds: isSame(nodeIds, held.nodeIds) ? held.nodeIds : new Set(nodeIds),
    // Usually there is none, and then nobody needs to look.
    lines: where.lines.length === 0 && held.lines.length === 0 ? held.lines : where.lines,
  });
}

/** Empties the hand. The cards are shown where the document has them. */
export function putDown(): void {
  if (useLift.getState().nodeIds.size > 0) useLift.setState(down);
}

let landing = false;

/**
 * The cards have a new place in the document. The hand is emptied when they are shown there (`settle`):
 * earlier they would be seen at their old place for a moment.
 */
export function land(): void {
  landing = true;
}

export function settle(): void {
  if (landing) putDown();
  landing = false;
}
