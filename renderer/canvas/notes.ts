import { create } from 'zustand';
import { addNote, nextNoteId } from '#shared/graph/commands.ts';
import type { Frame } from '#shared/graph/document.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { edit, type Point } from './canvasApi.ts';

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

/** Puts an empty note with its middle at this place, to be written at once. */
export function addNoteAt({ x, y }: Point): void {
  const { graph: document } = useDocumentStore.getState();
  if (!document) return;
  const id = nextNoteId(document);
  const position = { x: Math.round(x - SIZE.width / 2), y: Math.round(y - SIZE.height / 2) };
  if (edit(addNote({ id, text: '', color: 'neutral', position, size: SIZE }))) writeNote(id);
}
