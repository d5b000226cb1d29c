import type { Node } from '@xyflow/react';
import { create } from 'zustand';
import { type BoxIndex, createBoxIndex } from './boxIndex.ts';
import type { Box } from './wirePath.ts';

/** Where the cards rest. A card in hand counts as being where it was picked up. */
export const useCardBoxes = create<{ readonly boxes: BoxIndex }>(() => ({ boxes: createBoxIndex([]) }));

const equal = (a: Box, b: Box | undefined): boolean =>
  b !== undefined &&
  a.id === b.id &&
  a.left === b.left &&
  a.top === b.top &&
  a.right === b.right &&
  a.bottom === b.bottom;

/** Tells the wires where the cards lie. */
export function publishBoxes(nodes: readonly Node[]): void {
  const boxes = nodes.flatMap(({ id, position: { x, y }, measured }): Box[] =>
    measured?.width === undefined || measured.height === undefined
      ? []
      : [{ id, left: x, top: y, right: x + measured.width, bottom: y + measured.height }],
  );
  const before = useCardBoxes.getState().boxes.all;
  if (boxes.length === before.length && boxes.every((box, index) => equal(box, before[index]))) return;
  useCardBoxes.setState({ boxes: createBoxIndex(boxes) });
}
