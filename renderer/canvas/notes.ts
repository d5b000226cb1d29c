import { create } from 'zustand';
import { addNote, nextNoteId } from '#shared/graph/commands.ts';
import type { Frame } from '#shared/graph/document.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { select, useSelectionStore } from '../stores/selectionStore.ts';
import { createBoxIndex } from './boxIndex.ts';
import { canvasCenter, edit, type Point, showPlace } from './canvasApi.ts';
import { useCardBoxes } from './cardBoxes.ts';
import type { Box } from './wirePath.ts';

/** A new note. */
const SIZE = { width: 260, height: 140 };

interface NotesState {
  /** Notes that go along with a frame, and how far they have come. */
  readonly carried: { readonly ids: readonly string[]; readonly by: Point } | null;
  /** The note whose text is being written. */
  readonly writing: string | null;
}

export const useNotes = create<NotesState>(() => ({ carried: null, writing: null }));

export const writeNote = (id: string | null): void => useNotes.setState({ writing: id });

export function carryNotes(ids: readonly string[], by: Point): void {
  if (ids.length > 0) useNotes.setState({ carried: { ids, by } });
}

export const putNotesDown = (): void => useNotes.setState({ carried: null });

/** The places that the notes take up. */
export const noteBoxes = (): Box[] =>
  (useDocumentStore.getState().graph?.notes ?? []).map(({ id, position: { x, y }, size }) => ({
    id,
    left: x,
    top: y,
    right: x + size.width,
    bottom: y + size.height,
  }));

/** The notes that an area touches. */
export const notesTouching = (area: Omit<Box, 'id'>): readonly string[] =>
  createBoxIndex(noteBoxes())
    .near(area.left, area.top, area.right, area.bottom)
    .map(({ id }) => id);

/** A click on a note: it alone, with Shift as well as what is selected, with Ctrl or not any more. */
export function selectNote(
  id: string,
  held: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean },
): void {
  const { nodeIds, edgeIds, noteIds } = useSelectionStore.getState();
  const toggles = held.ctrlKey || held.metaKey;
  if (toggles && noteIds.has(id))
    select(
      nodeIds,
      edgeIds,
      [...noteIds].filter((other) => other !== id),
    );
  else if (toggles || held.shiftKey) select(nodeIds, edgeIds, [...noteIds, id]);
  else if (!noteIds.has(id)) select([], [], [id]);
}

/** What goes along when a note is moved by hand: all that is selected with it. */
export function movedWith(id: string): {
  readonly nodes: readonly string[];
  readonly notes: readonly string[];
} {
  const { nodeIds, noteIds } = useSelectionStore.getState();
  return noteIds.has(id) ? { nodes: [...nodeIds], notes: [...noteIds] } : { nodes: [], notes: [id] };
}

/** The notes whose middle lies in the frame. */
export function notesIn({ position, size }: Frame): readonly string[] {
  const notes = useDocumentStore.getState().graph?.notes ?? [];
  return notes
    .filter((note) => {
      const x = note.position.x + note.size.width / 2 - position.x;
      const y = note.position.y + note.size.height / 2 - position.y;
      return x >= 0 && y >= 0 && x <= size.width && y <= size.height;
    })
    .map(({ id }) => id);
}

/** What a note keeps from the cards above it. */
const GAP = 16;

/** The place nearest below the middle of what is in sight where a note covers no card. */
function freePlace(): Point {
  const { x, y } = canvasCenter();
  const { boxes } = useCardBoxes.getState();
  const left = x - SIZE.width / 2;
  let top = y - SIZE.height / 2;
  for (let tries = 0; tries < 100; tries++) {
    const inTheWay = boxes.near(left, top, left + SIZE.width, top + SIZE.height);
    if (inTheWay.length === 0) break;
    top = Math.max(...inTheWay.map(({ bottom }) => bottom)) + GAP;
  }
  return { x: left, y: top };
}

/** Puts an empty note with its middle at this place, or where there is room, to be written at once. */
export function addNoteAt(middle: Point | null): void {
  const { graph: document } = useDocumentStore.getState();
  if (!document) return;
  const id = nextNoteId(document);
  const { x, y } = middle ? { x: middle.x - SIZE.width / 2, y: middle.y - SIZE.height / 2 } : freePlace();
  const position = { x: Math.round(x), y: Math.round(y) };
  if (!edit(addNote({ id, text: '', color: 'neutral', position, size: SIZE }))) return;
  writeNote(id);
  if (!middle) showPlace({ x: position.x + SIZE.width / 2, y: position.y + SIZE.height / 2 });
}
