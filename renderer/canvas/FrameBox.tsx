import { useReactFlow } from '@xyflow/react';
import { GripVertical, MoveDiagonal2, Palette, X } from 'lucide-react';
import { type KeyboardEvent, memo, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeFrame, removeFrame } from '#shared/graph/commands.ts';
import { type Frame, frameColors } from '#shared/graph/document.ts';
import { sealEdits } from '../stores/documentStore.ts';
import { edit, type Point } from './canvasApi.ts';
import { cardsIn, moveFrame } from './frames.ts';
import { carry, land, putDown } from './lift.ts';

const MIN_SIZE = { width: 120, height: 80 };
/** Pixels by which an arrow key moves or sizes. */
const STEP = 20;

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

/** Follows a drag from a handle, in document coordinates, and arrow keys on it. */
function useHandle(onMove: (by: Point) => void, onEnd: (by: Point) => void) {
  const flow = useReactFlow();
  const start = useRef<Point | null>(null);
  const distance = ({ clientX, clientY }: PointerEvent): Point => {
    const zoom = flow.getZoom();
    const { x, y } = start.current ?? { x: clientX, y: clientY };
    return { x: (clientX - x) / zoom, y: (clientY - y) / zoom };
  };
  return {
    onPointerDown: (event: PointerEvent): void => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event: PointerEvent): void => {
      if (start.current) onMove(distance(event));
    },
    onPointerUp: (event: PointerEvent): void => {
      if (!start.current) return;
      const by = distance(event);
      start.current = null;
      onEnd(by);
    },
    onPointerCancel: (): void => {
      start.current = null;
      onEnd({ x: 0, y: 0 });
    },
    onKeyDown: (event: KeyboardEvent): void => {
      const by = arrows[event.key];
      if (!by) return;
      event.preventDefault();
      event.stopPropagation();
      onEnd(by);
    },
  };
}

/** One frame: its title and colour, and handles to move it with its cards and to size it. */
export const FrameBox = memo(function FrameBox({ frame }: { readonly frame: Frame }) {
  const { t } = useTranslation();
  const [moved, setMoved] = useState<Point>({ x: 0, y: 0 });
  const [grown, setGrown] = useState<Point>({ x: 0, y: 0 });
  const cards = useRef<readonly string[] | null>(null);
  const { id, title, color, position } = frame;
  const sizeWith = (by: Point) => ({
    width: Math.round(Math.max(MIN_SIZE.width, frame.size.width + by.x)),
    height: Math.round(Math.max(MIN_SIZE.height, frame.size.height + by.y)),
  });
  const moving = useHandle(
    (by) => {
      cards.current ??= cardsIn(frame);
      setMoved(by);
      carry(cards.current, { by, lines: [], into: null });
    },
    (by) => {
      const inside = cards.current ?? cardsIn(frame);
      cards.current = null;
      setMoved({ x: 0, y: 0 });
      if (moveFrame(frame, inside, by) && inside.length > 0) land();
      else putDown();
    },
  );
  const sizing = useHandle(setGrown, (by) => {
    setGrown({ x: 0, y: 0 });
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
      aria-label={t('canvas.frame', { title })}
      style={{ left: position.x + moved.x, top: position.y + moved.y, width, height }}
    >
      <header>
        <button type="button" className="grip" aria-label={t('canvas.frameMove', { title })} {...moving}>
          <GripVertical size={14} />
        </button>
        <input
          value={title}
          maxLength={200}
          size={Math.max(6, title.length)}
          aria-label={t('canvas.frameTitle')}
          onChange={(event) => edit(changeFrame(id, { title: event.target.value }))}
          onBlur={sealEdits}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
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
