import { moveNodes } from '#shared/graph/commands.ts';
import { sealEdits } from '../stores/documentStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { edit, type Point } from './canvasApi.ts';
import { useCardBoxes } from './cardBoxes.ts';
import { unionOf } from './snap.ts';
import type { Box } from './wirePath.ts';

export type Side = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom';
export type Axis = 'across' | 'down';

function selectedBoxes(): readonly Box[] {
  const { nodeIds } = useSelectionStore.getState();
  return useCardBoxes.getState().boxes.all.filter(({ id }) => nodeIds.has(id));
}

/** At least so many nodes are selected. */
export const selectedAtLeast = (count: number) => (): boolean =>
  useSelectionStore.getState().nodeIds.size >= count;

function move(places: readonly (readonly [id: string, place: Point])[]): void {
  sealEdits();
  edit(
    moveNodes(
      Object.fromEntries(places.map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }])),
    ),
  );
  sealEdits();
}

const alignedTo: Readonly<Record<Side, (own: Box, all: Box) => Point>> = {
  left: ({ top }, all) => ({ x: all.left, y: top }),
  right: ({ left, right, top }, all) => ({ x: all.right - (right - left), y: top }),
  center: ({ left, right, top }, all) => ({ x: (all.left + all.right - (right - left)) / 2, y: top }),
  top: ({ left }, all) => ({ x: left, y: all.top }),
  bottom: ({ left, top, bottom }, all) => ({ x: left, y: all.bottom - (bottom - top) }),
  middle: ({ left, top, bottom }, all) => ({ x: left, y: (all.top + all.bottom - (bottom - top)) / 2 }),
};

/** Brings the selected cards level with the outermost of them, or onto their common middle. */
export function alignSelection(side: Side): void {
  const boxes = selectedBoxes();
  const all = unionOf(boxes);
  if (all && boxes.length > 1) move(boxes.map((box) => [box.id, alignedTo[side](box, all)]));
}

/** Makes the spaces between the selected cards equal; the two outermost stay. */
export function distributeSelection(axis: Axis): void {
  const [start, end] = axis === 'across' ? (['left', 'right'] as const) : (['top', 'bottom'] as const);
  const boxes = selectedBoxes().toSorted((a, b) => a[start] - b[start]);
  const [first] = boxes;
  const last = boxes.at(-1);
  if (!first || !last || boxes.length < 3) return;
  const taken = boxes.reduce((sum, box) => sum + box[end] - box[start], 0);
  const gap = (last[end] - first[start] - taken) / (boxes.length - 1);
  let at = first[start];
  move(
    boxes.map((box) => {
      const place = axis === 'across' ? { x: at, y: box.top } : { x: box.left, y: at };
      at += box[end] - box[start] + gap;
      return [box.id, place];
    }),
  );
}
