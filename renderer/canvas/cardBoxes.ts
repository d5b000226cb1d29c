import type { Node } from '@xyflow/react';
import { create } from 'zustand';
import type { Box } from './wirePath.ts';

/** Where the cards lie, for wires to go around them: published when cards rest, not while they are dragged. */
export const useCardBoxes = create<{ readonly boxes: readonly Box[] }>(() => ({ boxes: [] }));

const equal = (a: Box, b: Box | undefined): boolean =>
  b !== undefined &&
  a.id === b.id &&
  a.left === b.left &&
  a.top === b.top &&
  a.right === b.right &&
  a.bottom === b.bottom;

/** Tells the wires where the cards lie, unless one of them is on its way. */
export function publishBoxes(nodes: readonly Node[]): void {
  if (nodes.some(({ dragging }) => dragging)) return;
  const boxes = nodes.flatMap(({ id, position: { x, y }, measured }): Box[] =>
    measured?.width === undefined || measured.height === undefined
      ? []
      : [{ id, left: x, top: y, right: x + measured.width, bottom: y + measured.height }],
  );
  const before = useCardBoxes.getState().boxes;
  if (boxes.length === before.length && boxes.every((box, index) => equal(box, before[index]))) return;
  useCardBoxes.setState({ boxes });
}
