import { create } from 'zustand';
import type { Point } from './canvasApi.ts';

interface Lift {
  /** Nodes in hand. */
  readonly nodeIds: ReadonlySet<string>;
  /** How far they are from where they were picked up. */
  readonly by: Point;
}

const down: Lift = { nodeIds: new Set(), by: { x: 0, y: 0 } };

/**
 * Cards being dragged. Neither the document nor React Flow's store knows of it before they are put
 * down: a change there wakes every node and every wire, which in a graph of thousands takes longer than
 * a frame. liftOnPage.ts moves what is in hand.
 */
export const useLift = create<Lift>(() => down);

/** Moves cards to a distance from where they rest; the set stays the same object while they are in hand. */
export function carry(nodeIds: readonly string[], by: Point): void {
  const held = useLift.getState().nodeIds;
  const same = nodeIds.length === held.size && nodeIds.every((id) => held.has(id));
  useLift.setState({ nodeIds: same ? held : new Set(nodeIds), by });
}

/** Empties the hand. The cards are shown where the document has them. */
export function putDown(): void {
  if (useLift.getState().nodeIds.size > 0) useLift.setState(down);
}
