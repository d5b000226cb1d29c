import { useStoreApi, type Viewport } from '@xyflow/react';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { useCardBoxes } from './cardBoxes.ts';
import { emptyCards, fillCards } from './cardDetail.ts';

/** Zooming has come to rest after so long without a change. */
const REST_MS = 300;

/** Below these zooms the canvas says that it is small, so that the cards show less (ui/canvas.css). */
const steps = { small: 0.6, smaller: 0.42, smallest: 0.26 } as const;

/** Says on the canvas how large the cards are. */
export function showDetail(frame: HTMLElement, zoom: number): void {
  for (const [step, below] of Object.entries(steps)) {
    if (zoom < below !== step in frame.dataset) frame.toggleAttribute(`data-${step}`, zoom < below);
  }
}

/** Cards nearer than this to what is in sight, in pixels, are made ready. */
const MARGIN = 200;
/** So many cards get their inside in one frame. */
const AT_ONCE = 40;

/** Gives the cards in sight their inside, some in each frame, while they are large enough to be read. */
function useFilling(frame: RefObject<HTMLElement | null>): () => void {
  const store = useStoreApi();
  const waiting = useRef(0);
  const fill = useCallback((): void => {
    waiting.current = 0;
    const [x, y, zoom] = store.getState().transform;
    const element = frame.current;
    if (!element || zoom < steps.smaller) return;
    const { clientWidth, clientHeight } = element;
    const near = useCardBoxes
      .getState()
      .boxes.near(
        (-x - MARGIN) / zoom,
        (-y - MARGIN) / zoom,
        (clientWidth - x + MARGIN) / zoom,
        (clientHeight - y + MARGIN) / zoom,
      );
    const empty = emptyCards(near.map(({ id }) => id));
    fillCards(empty.slice(0, AT_ONCE));
    if (empty.length > AT_ONCE) waiting.current = requestAnimationFrame(fill);
  }, [frame, store]);
  const fillSoon = useCallback((): void => {
    if (waiting.current === 0) waiting.current = requestAnimationFrame(fill);
  }, [fill]);
  useEffect(() => {
    const off = useCardBoxes.subscribe(fillSoon);
    return () => {
      off();
      cancelAnimationFrame(waiting.current);
    };
  }, [fillSoon]);
  return fillSoon;
}

/**
 * How much the cards show, by how large they are on screen. It changes when zooming rests and not on the
 * way: every card takes part in it.
 */
export function useDetail(frame: RefObject<HTMLElement | null>): {
  readonly onViewportChange: (viewport: Viewport) => void;
  readonly onInit: () => void;
} {
  const store = useStoreApi();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const fillSoon = useFilling(frame);
  const onInit = useCallback(() => {
    if (frame.current) showDetail(frame.current, store.getState().transform[2]);
    fillSoon();
  }, [frame, store, fillSoon]);
  const shown = useRef(Number.NaN);
  const onViewportChange = useCallback(
    ({ zoom }: Viewport) => {
      if (zoom === shown.current) {
        fillSoon();
        return;
      }
      shown.current = zoom;
      clearTimeout(timer.current);
      timer.current = setTimeout(onInit, REST_MS);
    },
    [onInit, fillSoon],
  );
  useEffect(() => () => clearTimeout(timer.current), []);
  return { onViewportChange, onInit };
}
