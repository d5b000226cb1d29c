import { useStore, ViewportPortal } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useDocumentStore } from '../stores/documentStore.ts';
import { select, useSelectionStore } from '../stores/selectionStore.ts';
import { NoteBox } from './NoteBox.tsx';
import { noteBoxes } from './notes.ts';

/** Notes that the box which is being drawn touches are selected, as cards are. */
function useBoxedNotes(): void {
  const rect = useStore((state) => state.userSelectionRect);
  const transform = useStore((state) => (state.userSelectionRect ? state.transform : null));
  const before = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (!rect || !transform) {
      before.current = null;
      return;
    }
    const { nodeIds, edgeIds, noteIds } = useSelectionStore.getState();
    before.current ??= noteIds;
    const [x, y, zoom] = transform;
    const left = (rect.x - x) / zoom;
    const top = (rect.y - y) / zoom;
    const touched = noteBoxes().filter(
      (box) =>
        box.right > left &&
        box.left < left + rect.width / zoom &&
        box.bottom > top &&
        box.top < top + rect.height / zoom,
    );
    const wanted = new Set([...before.current, ...touched.map(({ id }) => id)]);
    if (wanted.size !== noteIds.size || [...wanted].some((id) => !noteIds.has(id)))
      select(nodeIds, edgeIds, wanted);
  }, [rect, transform]);
}

/** The notes, over the frames and behind all wires and cards. */
export function NoteLayer() {
  const notes = useDocumentStore((state) => state.graph?.notes);
  useBoxedNotes();
  if (!notes || notes.length === 0) return null;
  return (
    <ViewportPortal>
      <div className="cv-frames">
        {notes.map((note) => (
          <NoteBox key={note.id} note={note} />
        ))}
      </div>
    </ViewportPortal>
  );
}
