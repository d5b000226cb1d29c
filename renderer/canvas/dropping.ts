import type { Edge } from '#shared/graph/document.ts';
import { addIntoWire } from './addNodes.ts';
import { addAt, type Point } from './canvasApi.ts';
import { focusSelectedSoon } from './canvasFocus.ts';
import { useCardBoxes } from './cardBoxes.ts';
import { kindInHand } from './dragKind.ts';
import { boxAround } from './insertIntoWire.ts';
import { useLift } from './lift.ts';
import { wireUnder } from './wireUnder.ts';

/** From the pointer to the corner of the card that is dropped there. */
const GRIP: Point = { x: 60, y: 15 };
/** A card let go so near to the height of the one before it stands level with it. */
const LEVEL = 48;

const receiver = (kind: string, at: Point): Edge | null => wireUnder(kind, boxAround(kind, at));

/** Marks the wire that what is dragged out of the library would go into; Alt keeps it out of all. */
export function showReceiver(at: Point, altHeld: boolean): void {
  const kind = kindInHand();
  const into = kind === null || altHeld ? null : receiver(kind, at);
  if (useLift.getState().into !== into) useLift.setState({ into });
}

export function hideReceiver(): void {
  if (useLift.getState().into) useLift.setState({ into: null });
}

/** Adds what was let go over the canvas, into the wire that it lies on. */
export function addDropped(kind: string, at: Point, altHeld: boolean): void {
  hideReceiver();
  const place = { x: at.x - GRIP.x, y: at.y - GRIP.y };
  const edge = altHeld ? null : receiver(kind, at);
  // From the library, where the drag began, the keyboard comes to what was dropped.
  focusSelectedSoon();
  if (!edge) {
    addAt(kind, place);
    return;
  }
  const source = useCardBoxes.getState().boxes.all.find(({ id }) => id === edge.from.node);
  const level = source && Math.abs(source.top - place.y) < LEVEL ? source.top : place.y;
  addIntoWire(kind, { x: place.x, y: level }, edge);
}
