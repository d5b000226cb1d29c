import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, type PointerEvent, type Ref, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Point } from '#shared/graph/document.ts';
import { useViewStore } from '../stores/viewStore.ts';
import { emptyHand, takeInHand } from './inHand.ts';
import { leadWire } from './leadWire.ts';
import type { Ends } from './wireEnds.ts';

/** Pixels on screen within which a point lines up with what is before and after it. */
const SNAP = 6;
/** Pixels by which an arrow key moves a point. */
const STEP = 10;

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

const nearest = (value: number, wishes: readonly number[], within: number): number =>
  wishes.find((wish) => Math.abs(wish - value) <= within) ?? value;

const replaced = (points: readonly Point[], index: number, at: Point): readonly Point[] =>
  points.map((point, other) => (other === index ? { x: Math.round(at.x), y: Math.round(at.y) } : point));

/**
 * The points of a wire, with the one in hand where the hand has it. What was in hand is shown until the
 * document has it: earlier it would be seen at its old place for a moment.
 */
export function useWirePoints(via: readonly Point[]) {
  const [held, setHeld] = useState<{ readonly of: readonly Point[]; readonly via: readonly Point[] } | null>(
    null,
  );
  return {
    shown: held?.of === via ? held.via : via,
    hold: (points: readonly Point[] | null) => setHeld(points && { of: via, via: points }),
  };
}

interface WirePointsProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly edgeId: string;
  readonly ends: Ends;
  readonly via: readonly Point[];
  /** Shows the points elsewhere without changing the document. */
  readonly onHold: (via: readonly Point[] | null) => void;
}

/** Handles at the points that a wire is led through: dragged, moved by arrow keys, removed by a double-click or Delete. */
export function WirePoints({ ref, edgeId, ends, via, onHold }: WirePointsProps) {
  const { t } = useTranslation();
  const flow = useReactFlow();
  const hand = useRef<{
    readonly index: number;
    readonly from: Point;
    readonly rest: readonly Point[];
  } | null>(null);

  const follow = (event: PointerEvent): readonly Point[] | null => {
    if (!hand.current) return null;
    const { index, from, rest } = hand.current;
    const zoom = flow.getZoom();
    const start = rest[index] ?? from;
    const at = {
      x: start.x + (event.clientX - from.x) / zoom,
      y: start.y + (event.clientY - from.y) / zoom,
    };
    const before = rest[index - 1] ?? { x: Number.NaN, y: ends.sourceY };
    const after = rest[index + 1] ?? { x: Number.NaN, y: ends.targetY };
    const within = event.altKey || !useViewStore.getState().snap ? 0 : SNAP / zoom;
    return replaced(rest, index, {
      x: nearest(at.x, [before.x, after.x], within),
      y: nearest(at.y, [before.y, after.y], within),
    });
  };
  const putBack = (): void => {
    hand.current = null;
    emptyHand();
    onHold(null);
  };
  const remove = (index: number): void => leadWire(edgeId, via.toSpliced(index, 1));
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const by = arrows[event.key];
    const point = via[index];
    if (by && point) leadWire(edgeId, replaced(via, index, { x: point.x + by.x, y: point.y + by.y }));
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(index);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={ref} className="wire-points">
      {[...via.entries()].map(([index, { x, y }]) => (
        <button
          key={index}
          type="button"
          className="wire-point nopan"
          aria-label={t('canvas.wirePoint', { number: index + 1, count: via.length })}
          title={t('canvas.wirePointHelp')}
          style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            hand.current = { index, from: { x: event.clientX, y: event.clientY }, rest: via };
            takeInHand(putBack);
          }}
          onPointerMove={(event) => {
            if (hand.current) onHold(follow(event));
          }}
          onPointerUp={(event) => {
            const points = follow(event);
            hand.current = null;
            emptyHand();
            if (points) leadWire(edgeId, points);
          }}
          onPointerCancel={putBack}
          onDoubleClick={(event) => {
            event.stopPropagation();
            remove(index);
          }}
          onKeyDown={(event) => onKeyDown(event, index)}
        />
      ))}
    </div>
  );
}
