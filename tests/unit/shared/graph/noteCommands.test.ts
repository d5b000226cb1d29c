import { describe, expect, it } from 'vitest';
import { createPlan } from '#shared/compile/createPlan.ts';
import { addNote, changeNote, nextNoteId, removeNote } from '#shared/graph/commands.ts';
import type { Note } from '#shared/graph/document.ts';
import { createHistory, execute, undo } from '#shared/graph/history.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { edited, template } from '../networks.ts';

const mlp = template('mlp-mnist');
const note: Note = {
  id: 'note-1',
  text: '# Why\n- because',
  color: 'orange',
  position: { x: 0, y: 0 },
  size: { width: 300, height: 200 },
};
const noted = edited(mlp, addNote(note));

describe('notes', () => {
  it('survive a file, mean nothing to a run, and go without a trace', () => {
    const read = parseDocument(serializeDocument(noted));
    expect(read.ok && read.value.notes).toEqual([note]);
    expect(createPlan(noted)).toEqual(createPlan(mlp));
    expect(edited(noted, removeNote('note-1'))).toEqual(mlp);
    expect(nextNoteId(noted)).toBe('note-2');
  });

  it('are written letter by letter in one step of undo', () => {
    const steps = ['A', 'Ab', 'Abc'].reduce((history, text) => {
      const next = execute(history, changeNote('note-1', { text }));
      if (!next.ok) throw new Error('not written');
      return next.value;
    }, createHistory(noted));
    expect(steps.document.notes?.[0]?.text).toBe('Abc');
    expect(undo(steps).document).toEqual(noted);
  });

  it('that are gone cannot be changed or removed, and none is there twice', () => {
    expect(changeNote('note-9', { text: '' }).apply(noted).ok).toBe(false);
    expect(removeNote('note-9').apply(noted).ok).toBe(false);
    expect(addNote(note).apply(noted).ok).toBe(false);
  });
});
