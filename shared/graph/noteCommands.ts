import { fail, ok } from '../protocol/problem.ts';
import { type Command, nodeNotFound } from './command.ts';
import type { GraphDocument, Note } from './document.ts';

/** Past this a note would make the file unwieldy; what is more is cut off. */
const MAX_NOTE_TEXT = 20_000;

export function addNote(note: Note): Command {
  return {
    label: { key: 'add-note' },
    apply(document) {
      const { notes = [] } = document;
      if (notes.some(({ id }) => id === note.id)) {
        return fail({ code: 'duplicate-node-id', severity: 'error', data: { id: note.id, line: 0 } });
      }
      return ok({ ...document, notes: [...notes, note] });
    },
  };
}

/** `note-1`, `note-2`, …: one more than the highest number in use. */
export function nextNoteId({ notes = [] }: GraphDocument): string {
  const numbers = notes.map(({ id }) => Number(id.replace(/^note-/, ''))).filter(Number.isSafeInteger);
  return `note-${Math.max(0, ...numbers) + 1}`;
}

/** Changes of the same part of one note in a row are one step of undo. */
export function changeNote(id: string, patch: Partial<Omit<Note, 'id'>>): Command {
  const change: Partial<Omit<Note, 'id'>> = { ...patch };
  if (patch.text !== undefined) change.text = String(patch.text).slice(0, MAX_NOTE_TEXT);
  return {
    label: { key: 'change-note' },
    mergeKey: `note:${id}:${Object.keys(patch).toSorted().join(',')}`,
    apply(document) {
      const { notes = [] } = document;
      if (!notes.some((note) => note.id === id)) return nodeNotFound(id);
      return ok({
        ...document,
        notes: notes.map((note) => (note.id === id ? { ...note, ...change } : note)),
      });
    },
  };
}

export function removeNote(id: string): Command {
  return {
    label: { key: 'remove-note' },
    apply(document) {
      const notes = document.notes?.filter((note) => note.id !== id) ?? [];
      if (notes.length === (document.notes?.length ?? 0)) return nodeNotFound(id);
      const { notes: _, ...rest } = document;
      return ok(notes.length > 0 ? { ...document, notes } : (rest as GraphDocument));
    },
  };
}
