import { getViewportForBounds, type Viewport } from '@xyflow/react';
import { type RefObject, useLayoutEffect, useState } from 'react';
import { fitOptions } from './flowSettings.ts';
import type { CardNode } from './useCanvasNodes.ts';
import { showDetail } from './useDetail.ts';

/** The view in which all cards are in sight; undefined where the size of one is not known yet. */
function fitted(
  { clientWidth, clientHeight }: HTMLElement,
  nodes: readonly CardNode[],
): Viewport | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { position, measured } of nodes) {
    if (measured?.width === undefined || measured.height === undefined) return undefined;
    left = Math.min(left, position.x);
    top = Math.min(top, position.y);
    right = Math.max(right, position.x + measured.width);
    bottom = Math.max(bottom, position.y + measured.height);
  }
  if (nodes.length === 0 || clientWidth === 0 || clientHeight === 0) return undefined;
  const bounds = { x: left, y: top, width: right - left, height: bottom - top };
  const { padding, minZoom, maxZoom } = fitOptions(clientHeight);
  return getViewportForBounds(bounds, clientWidth, clientHeight, minZoom, maxZoom, padding);
}

/**
 * The view that a graph is first shown in: as it was left, or with all cards in sight. Null where React Flow has to
 * measure the cards first; undefined for the moment until the canvas' own size is known. The detail that goes
 * with the view is there before the cards are, so that they are styled once.
 */
export function useFirstView(
  frame: RefObject<HTMLElement | null>,
  nodes: readonly CardNode[],
  left: Viewport | undefined,
): Viewport | null | undefined {
  const [view, setView] = useState<Viewport | null>();
  const [first] = useState({ nodes, left });
  useLayoutEffect(() => {
    if (!frame.current) return;
    const known = first.left ?? fitted(frame.current, first.nodes) ?? null;
    if (known) showDetail(frame.current, known.zoom);
    setView(known);
  }, [frame, first]);
  return view;
}
