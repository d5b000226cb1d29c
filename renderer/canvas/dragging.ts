import type { NodePositionChange } from '@xyflow/react';
import { moveParts } from '#shared/graph/commands.ts';
import type { Edge, NodeInstance } from '#shared/graph/document.ts';
import { sealEdits, useDocumentStore } from '../stores/documentStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { useViewStore } from '../stores/viewStore.ts';
import { edit, type Point } from './canvasApi.ts';
import { useCardBoxes } from './cardBoxes.ts';
import { documentIndex } from './documentIndex.ts';
import { emptyHand, endDrag, isGivenUp, takeInHand } from './inHand.ts';
import { insertIntoWire } from './insertIntoWire.ts';
import { carry, useLift } from './lift.ts';
import { carryNotes, putNotesDown } from './notes.ts';
import { snap } from './snap.ts';
import type { Box } from './wirePath.ts';
import { wireUnder } from './wireUnder.ts';

/** Pixels on screen within which cards line up. */
const SNAP = 6;

const nodeOf = (id: string): NodeInstance | undefined => {
  const { graph: document } = useDocumentStore.getState();
  return document ? documentIndex(document).nodes.get(id) : undefined;
};

/** Alt keeps a card from lining up and from going into a wire. */
let altHeld = false;
let addHeld = false;

/** Whether a key is held with which what is clicked on joins the selection. */
export const isAdding = (): boolean => addHeld;

/** Follows the keys of which React Flow does not tell: while it drags, and as it selects. */
export function attachDragKeys(): () => void {
  const note = ({ altKey, shiftKey, ctrlKey, metaKey }: KeyboardEvent | PointerEvent): void => {
    altHeld = altKey;
    addHeld = shiftKey || ctrlKey || metaKey;
  };
  const kinds = ['keydown', 'keyup', 'pointerdown', 'pointermove', 'pointerup'] as const;
  for (const kind of kinds) window.addEventListener(kind, note, { capture: true, passive: true });
  return () => {
    for (const kind of kinds) window.removeEventListener(kind, note, { capture: true });
  };
}

/** The wire that the one card in hand lies on: only a card without wires goes into one. */
function receivingWire(held: readonly Box[], by: Point): Edge | null {
  const [box, ...others] = held;
  const node = box && nodeOf(box.id);
  if (!node || others.length > 0) return null;
  const { graph: document } = useDocumentStore.getState();
  if (document?.edges.some(({ from, to }) => from.node === node.id || to.node === node.id)) return null;
  return wireUnder(node.kind, {
    id: node.id,
    left: box.left + by.x,
    top: box.top + by.y,
    right: box.right + by.x,
    bottom: box.bottom + by.y,
  });
}

/** Selected notes go along with selected cards. */
function notesAlong(ids: Iterable<string>): readonly string[] {
  const { nodeIds, noteIds } = useSelectionStore.getState();
  return noteIds.size > 0 && [...ids].every((id) => nodeIds.has(id)) ? [...noteIds] : [];
}

/** Shows dragged cards where React Flow wants them, lined up with those around. */
export function carryTo(moves: readonly NodePositionChange[], zoom: number): void {
  const [first] = moves;
  const rests = first && nodeOf(first.id)?.position;
  if (!first?.position || !rests || isGivenUp()) return;
  takeInHand(endDrag);
  const ids = moves.map(({ id }) => id);
  const by = { x: first.position.x - rests.x, y: first.position.y - rests.y };
  if (altHeld) {
    carry(ids, { by, lines: [], into: null });
    carryNotes(notesAlong(ids), by);
    return;
  }
  const { boxes } = useCardBoxes.getState();
  const wanted = new Set(ids);
  const held = boxes.all.filter(({ id }) => wanted.has(id));
  const snapped = useViewStore.getState().snap ? snap(held, boxes, by, SNAP / zoom) : { by, lines: [] };
  carry(ids, { ...snapped, into: receivingWire(held, snapped.by) });
  carryNotes(notesAlong(ids), snapped.by);
}

/** Writes the places of the cards in hand into the document, as one undo step. False if nothing changed. */
export function drop(): boolean {
  const { nodeIds, by, into } = useLift.getState();
  emptyHand();
  putNotesDown();
  if (isGivenUp() || (by.x === 0 && by.y === 0)) return false;
  const nodes = [...nodeIds].filter((id) => nodeOf(id) !== undefined);
  const [first] = nodes;
  const rests = first === undefined ? undefined : nodeOf(first)?.position;
  if (first === undefined || !rests) return false;
  sealEdits();
  const done = edit(
    into && !altHeld
      ? insertIntoWire(into, first, { x: Math.round(rests.x + by.x), y: Math.round(rests.y + by.y) })
      : moveParts({ nodes, notes: notesAlong(nodes) }, by),
  );
  sealEdits();
  return done;
}
