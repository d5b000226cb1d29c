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
  return edit(addFrame(frame)) ? id : null;
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

/** Moves a frame with the cards and notes in it, as one step of undo. */
export function moveFrame(
  frame: Frame,
  { cards, notes }: { readonly cards: readonly string[]; readonly notes: readonly string[] },
  by: Point,
): boolean {
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
      changeFrame(frame.id, { position: moved(frame.position) }),
      ...(document.notes ?? [])
        .filter(({ id }) => notes.includes(id))
        .map(({ id, position }) => changeNote(id, { position: moved(position) })),
      ...(places.length > 0 ? [moveNodes(Object.fromEntries(places))] : []),
    ]),
  );
  sealEdits();
  return done;
}
