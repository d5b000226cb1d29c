import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { Point } from './canvasApi.ts';
import { emptyHand, takeInHand } from './inHand.ts';

/** Pixels by which an arrow key moves or sizes. */
const STEP = 20;

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

/** Whether a key on a handle takes away what it belongs to; then nothing else does, though it be selected. */
export function removesPart(event: KeyboardEvent): boolean {
  if (event.key !== 'Delete' && event.key !== 'Backspace') return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

/** Follows a drag from a handle, in document coordinates, and arrow keys on it. */
export function useBoxHandle(onMove: (by: Point) => void, onEnd: (by: Point) => void) {
  const flow = useReactFlow();
  const start = useRef<Point | null>(null);
  const distance = ({ clientX, clientY }: PointerEvent): Point => {
    const zoom = flow.getZoom();
    const { x, y } = start.current ?? { x: clientX, y: clientY };
    return { x: (clientX - x) / zoom, y: (clientY - y) / zoom };
  };
  const putBack = (): void => {
    start.current = null;
    emptyHand();
    onEnd({ x: 0, y: 0 });
  };
  return {
    onPointerDown: (event: PointerEvent): void => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = { x: event.clientX, y: event.clientY };
      takeInHand(putBack);
    },
    onPointerMove: (event: PointerEvent): void => {
      if (start.current) onMove(distance(event));
    },
    onPointerUp: (event: PointerEvent): void => {
      if (!start.current) return;
      const by = distance(event);
      start.current = null;
      emptyHand();
      onEnd(by);
    },
    onPointerCancel: putBack,
    onKeyDown: (event: KeyboardEvent): void => {
      const by = arrows[event.key];
      if (!by) return;
      event.preventDefault();
      event.stopPropagation();
      onEnd(by);
    },
  };
}
