import { ViewportPortal } from '@xyflow/react';
import { useDocumentStore } from '../stores/documentStore.ts';
import { NoteBox } from './NoteBox.tsx';

/** The notes, over the frames and behind all wires and cards. */
export function NoteLayer() {
  const notes = useDocumentStore((state) => state.graph?.notes);
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
