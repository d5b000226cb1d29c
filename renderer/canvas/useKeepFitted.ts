import { getViewportForBounds, useReactFlow, type Viewport } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { fitOptions } from './flowSettings.ts';
import type { CardNode } from './useCanvasNodes.ts';

/** Pixels, and share of the zoom, that a view may be off and still count as fitted. */
const CLOSE = { pixels: 12, zoom: 0.02 };

const isClose = (a: Viewport, b: Viewport): boolean =>
  Math.abs(a.x - b.x) < CLOSE.pixels &&
  Math.abs(a.y - b.y) < CLOSE.pixels &&
  Math.abs(a.zoom / b.zoom - 1) < CLOSE.zoom;

/** When a panel takes room from the canvas, a graph that was fitted stays so; a view chosen by hand stays as it is. */
export function useKeepFitted(frame: RefObject<HTMLElement | null>): void {
  const flow = useReactFlow<CardNode>();
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let { clientWidth: width, clientHeight: height } = element;
    const observer = new ResizeObserver(() => {
      const before = { width, height };
      ({ clientWidth: width, clientHeight: height } = element);
      const nodes = flow.getNodes();
      if (nodes.length === 0 || (before.width === width && before.height === height)) return;
      const { padding, minZoom, maxZoom } = fitOptions;
      const fitted = getViewportForBounds(
        flow.getNodesBounds(nodes),
        before.width,
        before.height,
        minZoom,
        maxZoom,
        padding,
      );
      // React Flow has to see the new size first.
      if (isClose(flow.getViewport(), fitted)) requestAnimationFrame(() => void flow.fitView(fitOptions));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [flow, frame]);
}
