import { GripVertical, MoveDiagonal2, Palette, X } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeFrame, removeFrame } from '#shared/graph/commands.ts';
import { type Frame, frameColors } from '#shared/graph/document.ts';
import { useGraphChanges } from '../compare/compareStore.ts';
import { sealEdits, useDocumentStore } from '../stores/documentStore.ts';
import { edit, type Point } from './canvasApi.ts';
import { focusCanvasSoon } from './canvasFocus.ts';
import {
  cardsIn,
  type FrameContents,
  framesIn,
  moveFrame,
  putFramesDown,
  useCarriedFrames,
} from './frames.ts';
import { carry, land, putDown } from './lift.ts';
import { carryNotes, notesIn, putNotesDown } from './notes.ts';
import { removesPart, useBoxHandle } from './useBoxHandle.ts';

const MIN_SIZE = { width: 120, height: 80 };
const still: Point = { x: 0, y: 0 };

/** One frame: its title and colour, and handles to move it with its cards and to size it. */
export const FrameBox = memo(function FrameBox({ frame }: { readonly frame: Frame }) {
  const { t } = useTranslation();
  const [grown, setGrown] = useState<Point>({ x: 0, y: 0 });
  const inHand = useRef<FrameContents | null>(null);
  /** What had the keyboard before the title. */
  const before = useRef<EventTarget | null>(null);
  const { id, title, color, position } = frame;
  const moved = useCarriedFrames(({ ids, by }) => (ids.includes(id) ? by : still));
  const change = useGraphChanges()?.frames.get(id)?.kind;
  const sizeWith = (by: Point) => ({
    width: Math.round(Math.max(MIN_SIZE.width, frame.size.width + by.x)),
    height: Math.round(Math.max(MIN_SIZE.height, frame.size.height + by.y)),
  });
  const contents = (): FrameContents => ({
    cards: cardsIn(frame),
    notes: notesIn(frame),
    frames: framesIn(frame, useDocumentStore.getState().graph?.frames ?? []),
  });
  const moving = useBoxHandle(
    (by) => {
      inHand.current ??= contents();
      useCarriedFrames.setState({ ids: [id, ...inHand.current.frames], by });
      carry(inHand.current.cards, { by, lines: [], into: null });
      carryNotes(inHand.current.notes, by);
    },
    (by) => {
      const inside = inHand.current ?? contents();
      inHand.current = null;
      putFramesDown();
      putNotesDown();
      if (moveFrame(frame, inside, by) && inside.cards.length > 0) land();
      else putDown();
    },
  );
  const sizing = useBoxHandle(setGrown, (by) => {
    setGrown({ x: 0, y: 0 });
    if (by.x === 0 && by.y === 0) return;
    sealEdits();
    edit(changeFrame(id, { size: sizeWith(by) }));
    sealEdits();
  });
  const nextColor = frameColors[(frameColors.indexOf(color) + 1) % frameColors.length] ?? 'neutral';
  const { width, height } = sizeWith(grown);
  return (
    <section
      className="cv-frame nopan"
      data-frame={id}
      data-color={color}
      data-change={change}
      aria-label={t('canvas.frame', { title })}
      style={{ left: position.x + moved.x, top: position.y + moved.y, width, height }}
    >
      <header>
        <button
          type="button"
          className="grip"
          aria-label={t('canvas.frameMove', { title })}
          {...moving}
          onKeyDown={(event) => {
            if (!removesPart(event)) moving.onKeyDown(event);
            else if (edit(removeFrame(id))) focusCanvasSoon();
          }}
        >
          <GripVertical size={14} />
        </button>
        <input
          value={title}
          maxLength={200}
          size={Math.max(6, title.length)}
          aria-label={t('canvas.frameTitle')}
          onChange={(event) => edit(changeFrame(id, { title: event.target.value }))}
          onFocus={(event) => {
            before.current = event.relatedTarget;
          }}
          onBlur={sealEdits}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'Escape') return;
            // The field is left by this key, and what was selected stays so.
            event.preventDefault();
            const { current } = before;
            const isFocusable = current instanceof HTMLElement || current instanceof SVGElement;
            if (isFocusable && current.isConnected) current.focus();
            else event.currentTarget.blur();
          }}
        />
        <button
          type="button"
          aria-label={t('canvas.frameColor', { color: t(`canvas.frameColors.${color}`) })}
          title={t('canvas.frameColor', { color: t(`canvas.frameColors.${color}`) })}
          onClick={() => edit(changeFrame(id, { color: nextColor }))}
        >
          <Palette size={13} />
        </button>
        <button
          type="button"
          aria-label={t('canvas.frameRemove', { title })}
          title={t('canvas.frameRemove', { title })}
          onClick={() => edit(removeFrame(id))}
        >
          <X size={13} />
        </button>
      </header>
      <button type="button" className="size" aria-label={t('canvas.frameSize', { title })} {...sizing}>
        <MoveDiagonal2 size={12} />
      </button>
    </section>
  );
});
