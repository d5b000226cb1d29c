import { GripVertical, MoveDiagonal2, Palette, Pencil, X } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeNote, moveParts, removeNote } from '#shared/graph/commands.ts';
import { frameColors, type Note } from '#shared/graph/document.ts';
import { useGraphChanges } from '../compare/compareStore.ts';
import { sealEdits } from '../stores/documentStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { Markdown } from '../ui/Markdown.tsx';
import { edit, type Point } from './canvasApi.ts';
import { focusCanvasSoon } from './canvasFocus.ts';
import { carry, land, putDown } from './lift.ts';
import { carryNotes, movedWith, putNotesDown, selectNote, useNotes, writeNote } from './notes.ts';
import { removesPart, useBoxHandle } from './useBoxHandle.ts';

const MIN_SIZE = { width: 120, height: 56 };
const still: Point = { x: 0, y: 0 };
/** Letters of a note that its name has. */
const NAME_LENGTH = 40;

const nameOf = (text: string): string =>
  text
    .replaceAll(/[#*_`>~[\]]/g, '')
    .trim()
    .slice(0, NAME_LENGTH);

/** One note: its text, and handles to move, size, colour, write and remove it. */
export const NoteBox = memo(function NoteBox({ note }: { readonly note: Note }) {
  const { t } = useTranslation();
  const { id, text, color, position } = note;
  const becameOf = useGraphChanges()?.notes.get(id)?.kind;
  const selected = useSelectionStore(({ noteIds }) => noteIds.has(id));
  const writing = useNotes((state) => state.writing === id);
  const carried = useNotes((state) => (state.carried?.ids.includes(id) ? state.carried.by : still));
  const [grown, setGrown] = useState(still);
  const change = (patch: Partial<Omit<Note, 'id'>>): void => {
    sealEdits();
    edit(changeNote(id, patch));
    sealEdits();
  };
  const sizeWith = (by: Point) => ({
    width: Math.round(Math.max(MIN_SIZE.width, note.size.width + by.x)),
    height: Math.round(Math.max(MIN_SIZE.height, note.size.height + by.y)),
  });
  const moving = useBoxHandle(
    (by) => {
      const { nodes, notes } = movedWith(id);
      carryNotes(notes, by);
      if (nodes.length > 0) carry(nodes, { by, lines: [], into: null });
    },
    (by) => {
      const parts = movedWith(id);
      putNotesDown();
      if (by.x === 0 && by.y === 0) return putDown();
      sealEdits();
      if (edit(moveParts(parts, by)) && parts.nodes.length > 0) land();
      else putDown();
      sealEdits();
    },
  );
  const sizing = useBoxHandle(setGrown, (by) => {
    setGrown(still);
    if (by.x !== 0 || by.y !== 0) change({ size: sizeWith(by) });
  });
  const done = (): void => {
    writeNote(null);
    sealEdits();
  };
  const remove = (): void => {
    if (edit(removeNote(id))) focusCanvasSoon();
  };
  const nextColor = frameColors[(frameColors.indexOf(color) + 1) % frameColors.length] ?? 'neutral';
  const grip = useRef<HTMLButtonElement>(null);
  const title = nameOf(text) || t('canvas.noteEmptyName');
  return (
    <section
      className="cv-note nopan nokey"
      data-note={id}
      data-color={color}
      data-change={becameOf}
      aria-label={t('canvas.note', { title })}
      data-selected={selected}
      onPointerDown={(event) => {
        if (event.button !== 0 || (event.target as Element).closest('textarea, a, header button')) return;
        selectNote(id, event);
      }}
      onDoubleClick={(event) => {
        if (!(event.target as Element).closest('button, a')) writeNote(id);
      }}
      style={{
        left: position.x + carried.x,
        top: position.y + carried.y,
        ...sizeWith(grown),
      }}
    >
      <header>
        <button
          ref={grip}
          type="button"
          className="grip"
          aria-label={t('canvas.noteMove', { title })}
          aria-pressed={selected}
          onClick={(event) => selectNote(id, event)}
          {...moving}
          onKeyDown={(event) => {
            // A note that is selected goes with all that is.
            if (!selected && removesPart(event)) remove();
            else moving.onKeyDown(event);
          }}
        >
          <GripVertical size={14} />
        </button>
        <button
          type="button"
          aria-label={t('canvas.noteWrite', { title })}
          title={t('canvas.noteWrite', { title })}
          onClick={() => writeNote(id)}
        >
          <Pencil size={13} />
        </button>
        <button
          type="button"
          aria-label={t('canvas.frameColor', { color: t(`canvas.frameColors.${color}`) })}
          title={t('canvas.frameColor', { color: t(`canvas.frameColors.${color}`) })}
          onClick={() => change({ color: nextColor })}
        >
          <Palette size={13} />
        </button>
        <button
          type="button"
          aria-label={t('canvas.noteRemove', { title })}
          title={t('canvas.noteRemove', { title })}
          onClick={remove}
        >
          <X size={13} />
        </button>
      </header>
      {writing ? (
        <textarea
          ref={(field) => field?.focus()}
          className="nowheel"
          value={text}
          maxLength={20_000}
          aria-label={t('canvas.noteText')}
          placeholder={t('canvas.notePlaceholder')}
          onChange={(event) => edit(changeNote(id, { text: event.target.value }))}
          onBlur={done}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey)))
              return;
            event.preventDefault();
            event.stopPropagation();
            // The note itself has the keyboard now: arrows move it, Enter selects it.
            grip.current?.focus();
          }}
        />
      ) : (
        <div className="text nowheel">
          {text.trim() === '' ? <p className="hint">{t('canvas.noteEmpty')}</p> : <Markdown text={text} />}
        </div>
      )}
      <button type="button" className="size" aria-label={t('canvas.noteSize', { title })} {...sizing}>
        <MoveDiagonal2 size={12} />
      </button>
    </section>
  );
});
