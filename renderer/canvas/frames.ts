import { create } from 'zustand';
import {
  addFrame,
  changeFrame,
  changeNote,
  moveNodes,
  nextFrameId,
  sequence,
} from '#shared/graph/commands.ts';
import type { Frame } from '#shared/graph/document.ts';
import { sealEdits, useDocumentStore } from '../stores/documentStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { edit, type Point } from './canvasApi.ts';
import { useCardBoxes } from './cardBoxes.ts';
import { documentIndex } from './documentIndex.ts';
import { unionOf } from './snap.ts';

/** What a frame keeps around its cards; more above, for its title. */
export const FRAME_MARGIN = { side: 24, top: 52 };

/** Puts a frame around the selected cards. Its id, or null where nothing is selected. */
export function frameSelection(title: string): string | null {
  const { graph: document } = useDocumentStore.getState();
  const { nodeIds } = useSelectionStore.getState();
  const area = unionOf(useCardBoxes.getState().boxes.all.filter(({ id }) => nodeIds.has(id)));
  if (!document || !area) return null;
  const id = nextFrameId(document);
  const frame: Frame = {
    id,
    title,
    color: 'neutral',
    position: { x: Math.round(area.left - FRAME_MARGIN.side), y: Math.round(area.top - FRAME_MARGIN.top) },
    size: {
      width: Math.round(area.right - area.left + 2 * FRAME_MARGIN.side),
      height: Math.round(area.bottom - area.top + FRAME_MARGIN.top + FRAME_MARGIN.side),
    },
  };
  const around = grownAround(frame, document.frames ?? []);
  const command = sequence({ key: 'add-frame' }, () => [
    addFrame(frame),
    ...around.map(({ id: other, position, size }) => changeFrame(other, { position, size })),
  ]);
  return edit(command) ? id : null;
}

/** Whether a frame lies in another as a whole. */
export const holds = (
  outer: Frame,
  { position: { x, y }, size }: Pick<Frame, 'position' | 'size'>,
): boolean =>
  x >= outer.position.x &&
  y >= outer.position.y &&
  x + size.width <= outer.position.x + outer.size.width &&
  y + size.height <= outer.position.y + outer.size.height;

export const areaOf = ({ size }: Frame): number => size.width * size.height;

/** Between the edge of a frame and one in it; more above, for the title. */
const NESTED = { side: 12, top: 36 };

/** The frames that hold a new one, as large as they have to be for their edges and titles to stand clear of it. */
export function grownAround(frame: Frame, frames: readonly Frame[]): readonly Frame[] {
  const grown: Frame[] = [];
  let inner = frame;
  for (const outer of frames
    .filter((other) => holds(other, frame))
    .toSorted((a, b) => areaOf(a) - areaOf(b))) {
    const left = Math.min(outer.position.x, inner.position.x - NESTED.side);
    const top = Math.min(outer.position.y, inner.position.y - NESTED.top);
    const right = Math.max(
      outer.position.x + outer.size.width,
      inner.position.x + inner.size.width + NESTED.side,
    );
    const bottom = Math.max(
      outer.position.y + outer.size.height,
      inner.position.y + inner.size.height + NESTED.side,
    );
    inner = { ...outer, position: { x: left, y: top }, size: { width: right - left, height: bottom - top } };
    grown.push(inner);
  }
  return grown;
}

/** The frames that lie in a frame as a whole, itself left out. */
export const framesIn = (frame: Frame, frames: readonly Frame[]): readonly string[] =>
  frames
    .filter((other) => other.id !== frame.id && holds(frame, other) && areaOf(other) < areaOf(frame))
    .map(({ id }) => id);

const down = { ids: [] as readonly string[], by: { x: 0, y: 0 } };

/** Frames in hand: the one that is moved and those in it. */
export const useCarriedFrames = create<typeof down>(() => down);

export const putFramesDown = (): void => useCarriedFrames.setState(down);

/** What goes along with a frame. */
export interface FrameContents {
  readonly cards: readonly string[];
  readonly notes: readonly string[];
  readonly frames: readonly string[];
}

/** The cards whose middle lies in the frame. */
export function cardsIn({ position, size }: Frame): readonly string[] {
  return useCardBoxes
    .getState()
    .boxes.near(position.x, position.y, position.x + size.width, position.y + size.height)
    .filter(({ left, top, right, bottom }) => {
      const x = (left + right) / 2 - position.x;
      const y = (top + bottom) / 2 - position.y;
      return x >= 0 && y >= 0 && x <= size.width && y <= size.height;
    })
    .map(({ id }) => id);
}

/** Moves a frame with all that is in it, as one step of undo. */
export function moveFrame(frame: Frame, { cards, notes, frames }: FrameContents, by: Point): boolean {
  const { graph: document } = useDocumentStore.getState();
  if (!document || (by.x === 0 && by.y === 0)) return false;
  const { nodes } = documentIndex(document);
  const moved = ({ x, y }: Point): Point => ({ x: Math.round(x + by.x), y: Math.round(y + by.y) });
  const places = cards.flatMap((id) => {
    const node = nodes.get(id);
    return node ? [[id, moved(node.position)] as const] : [];
  });
  sealEdits();
  const done = edit(
    sequence({ key: 'move-frame' }, () => [
      ...(document.frames ?? [])
        .filter(({ id }) => id === frame.id || frames.includes(id))
        .map(({ id, position }) => changeFrame(id, { position: moved(position) })),
      ...(document.notes ?? [])
        .filter(({ id }) => notes.includes(id))
        .map(({ id, position }) => changeNote(id, { position: moved(position) })),
      ...(places.length > 0 ? [moveNodes(Object.fromEntries(places))] : []),
    ]),
  );
  sealEdits();
  return done;
}
