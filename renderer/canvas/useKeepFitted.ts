import { getViewportForBounds, useNodesInitialized, useReactFlow, type Viewport } from '@xyflow/react';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { fitAgainOptions, fitOptions } from './flowSettings.ts';
import type { CardNode } from './useCanvasNodes.ts';

/** Pixels, and share of the zoom, that a view may be off and still count as the same. */
const CLOSE = { pixels: 12, zoom: 0.02 };

const isClose = (a: Viewport, b: Viewport): boolean =>
  Math.abs(a.x - b.x) < CLOSE.pixels &&
  Math.abs(a.y - b.y) < CLOSE.pixels &&
  Math.abs(a.zoom / b.zoom - 1) < CLOSE.zoom;

/**
 * When a panel takes room from the canvas, a graph that was fitted stays so; a view chosen by hand
 * stays as it is. Returns what to call after fitting; `fitsAtFirst` is false where the view is one that was left earlier.
 */
export function useKeepFitted(frame: RefObject<HTMLElement | null>, fitsAtFirst: boolean): () => void {
  const flow = useReactFlow<CardNode>();
  /** The view as the last fitting left it: cards that grow since do not count as a hand. */
  const fitted = useRef<Viewport | null>(null);
  const noteFitted = useCallback(() => {
    fitted.current = flow.getViewport();
  }, [flow]);
  // The first fitting is React Flow's own, once it has measured the cards.
  const measured = useNodesInitialized();
  useEffect(() => {
    if (!measured || !fitsAtFirst || fitted.current) return;
    const frameId = requestAnimationFrame(noteFitted);
    return () => cancelAnimationFrame(frameId);
  }, [measured, fitsAtFirst, noteFitted]);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let { clientWidth: width, clientHeight: height } = element;
    const wouldFit = (): Viewport => {
      const { padding, minZoom, maxZoom } = fitOptions(height);
      const bounds = flow.getNodesBounds(flow.getNodes());
      return getViewportForBounds(bounds, width, height, minZoom, maxZoom, padding);
    };
    const observer = new ResizeObserver(() => {
      if (flow.getNodes().length === 0) return;
      const view = flow.getViewport();
      const untouched = isClose(view, fitted.current ?? wouldFit());
      if (width === element.clientWidth && height === element.clientHeight) return;
      ({ clientWidth: width, clientHeight: height } = element);
      // React Flow has to see the new size first.
      if (untouched) {
        const options = fitAgainOptions(height, view.zoom);
        requestAnimationFrame(() => void flow.fitView(options).then(noteFitted));
      }
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [flow, frame, noteFitted]);
  return noteFitted;
}
