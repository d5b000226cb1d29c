import { useStoreApi, type Viewport } from '@xyflow/react';
import { type RefObject, useCallback, useEffect, useRef } from 'react';

/** Zooming has come to rest after so long without a change. */
const REST_MS = 300;

/** Below these zooms the canvas says that it is small, so that the cards show less (ui/canvas.css). */
const steps = { small: 0.6, smaller: 0.42, smallest: 0.26 } as const;

function show(frame: HTMLElement, zoom: number): void {
  for (const [step, below] of Object.entries(steps)) {
    if (zoom < below !== step in frame.dataset) frame.toggleAttribute(`data-${step}`, zoom < below);
  }
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
  const onInit = useCallback(() => {
    if (frame.current) show(frame.current, store.getState().transform[2]);
  }, [frame, store]);
  const shown = useRef(Number.NaN);
  const onViewportChange = useCallback(
    ({ zoom }: Viewport) => {
      if (zoom === shown.current) return;
      shown.current = zoom;
      clearTimeout(timer.current);
      timer.current = setTimeout(onInit, REST_MS);
    },
    [onInit],
  );
  useEffect(() => () => clearTimeout(timer.current), []);
  return { onViewportChange, onInit };
}
