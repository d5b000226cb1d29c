import { type KeyboardEvent, type PointerEvent, useEffect, useImperativeHandle, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { GrayImage } from '#shared/images/digitImage.ts';

/** Pixels of the drawing, whatever size it is shown at. */
const PAD = 280;
/** About as thick, once scaled to 20×20, as the pens of MNIST's writers. */
const STROKE = 24;

export interface DrawingPadHandle {
  clear(): void;
}

interface DrawingPadProps {
  readonly ref: React.Ref<DrawingPadHandle>;
  /** After each stroke's movement, and with null when cleared. */
  readonly onDraw: (image: GrayImage | null) => void;
}

/** A field to draw on with pointer, pen or finger. Delete, Backspace or Escape clears it. */
export function DrawingPad({ ref, onDraw }: DrawingPadProps) {
  const { t } = useTranslation();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ x: number; y: number } | null>(null);

  const context = (): CanvasRenderingContext2D | null => inkOf(canvasRef.current);
  const clear = (): void => {
    const ink = context();
    if (!ink) return;
    ink.fillStyle = 'black';
    ink.fillRect(0, 0, PAD, PAD);
    onDraw(null);
  };
  useImperativeHandle(ref, () => ({ clear }));
  useEffect(() => {
    const ink = inkOf(canvasRef.current);
    if (!ink) return;
    ink.fillStyle = 'black';
    ink.fillRect(0, 0, PAD, PAD);
    ink.strokeStyle = 'white';
    ink.lineWidth = STROKE;
    ink.lineCap = 'round';
    ink.lineJoin = 'round';
  }, []);

  const place = (event: PointerEvent | globalThis.PointerEvent): { x: number; y: number } => {
    const box = canvasRef.current?.getBoundingClientRect();
    if (!box) return { x: 0, y: 0 };
    return {
      x: ((event.clientX - box.left) / box.width) * PAD,
      y: ((event.clientY - box.top) / box.height) * PAD,
    };
  };
  const strokeTo = (to: { x: number; y: number }): void => {
    const ink = context();
    const from = last.current;
    if (!ink || !from) return;
    ink.beginPath();
    ink.moveTo(from.x, from.y);
    ink.lineTo(to.x, to.y);
    ink.stroke();
    last.current = to;
  };
  const report = (): void => {
    const pixels = context()?.getImageData(0, 0, PAD, PAD).data;
    if (!pixels) return;
    const data = new Float32Array(PAD * PAD);
    for (let at = 0; at < data.length; at++) data[at] = (pixels[at * 4] ?? 0) / 255;
    onDraw({ width: PAD, height: PAD, data });
  };
  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    last.current = place(event);
    strokeTo(place(event));
    report();
  };
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (!last.current) return;
    const moves = event.nativeEvent.getCoalescedEvents();
    for (const move of moves.length > 0 ? moves : [event.nativeEvent]) strokeTo(place(move));
    report();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Delete' && event.key !== 'Backspace' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    clear();
  };
  const end = (): void => {
    last.current = null;
  };

  return (
    <canvas
      ref={canvasRef}
      width={PAD}
      height={PAD}
      tabIndex={0}
      role="img"
      aria-label={`${t('dock.playground.pad')}. ${t('dock.playground.padHelp')}`}
      className="aspect-square h-full max-h-72 min-h-40 cursor-crosshair touch-none rounded-md border border-line-strong"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={onKeyDown}
    />
  );
}

function inkOf(canvas: HTMLCanvasElement | null): CanvasRenderingContext2D | null {
  return canvas?.getContext('2d', { willReadFrequently: true }) ?? null;
}
