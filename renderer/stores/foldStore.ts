import { z } from 'zod';
import { create } from 'zustand';
import { useDocumentStore } from './documentStore.ts';
import { readStored, writeStored } from './storedValue.ts';

const KEY = 'neuroloom.folded';
const storage = () => sessionStorage;
const storedSchema = z.object({ documentId: z.string(), nodeIds: z.array(z.string()) });

interface FoldState {
  /** The document that it is about. */
  readonly documentId: string;
  readonly nodeIds: ReadonlySet<string>;
}

/** Cards that show their head only. A way to look at the graph, not a part of it: no edit, nothing to undo. */
export const useFoldStore = create<FoldState>(() => {
  const stored = readStored(storage, KEY, storedSchema, { documentId: '', nodeIds: [] });
  return { documentId: stored.documentId, nodeIds: new Set(stored.nodeIds) };
});

export const isFolded =
  (id: string) =>
  ({ documentId, nodeIds }: FoldState): boolean =>
    nodeIds.has(id) && documentId === useDocumentStore.getState().recoveryId;

/** Folds these cards, or unfolds them if all of them are folded. */
export function toggleFolded(ids: Iterable<string>): void {
  const { recoveryId } = useDocumentStore.getState();
  const { documentId, nodeIds } = useFoldStore.getState();
  const folded = new Set(documentId === recoveryId ? nodeIds : []);
  const chosen = [...ids];
  const unfold = chosen.every((id) => folded.has(id));
  for (const id of chosen) unfold ? folded.delete(id) : folded.add(id);
  useFoldStore.setState({ documentId: recoveryId, nodeIds: folded });
  writeStored(storage, KEY, { documentId: recoveryId, nodeIds: [...folded] });
}
