import { z } from 'zod';
import { create } from 'zustand';
import { useDocumentStore } from './documentStore.ts';
import { readStored, writeStored } from './storedValue.ts';
import { useTabStore } from './tabStore.ts';

const KEY = 'neuroloom.folded';
const storage = () => sessionStorage;
const storedSchema = z.record(z.string(), z.array(z.string()));

interface FoldState {
  /** Ids of folded nodes by the document that they are in. */
  readonly byDocument: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Cards that show their head only. A way to look at the graph, not a part of it: no edit, nothing to undo. */
export const useFoldStore = create<FoldState>(() => {
  const stored = readStored<Record<string, string[]>>(storage, KEY, storedSchema, {});
  return { byDocument: new Map(Object.entries(stored).map(([id, nodeIds]) => [id, new Set(nodeIds)])) };
});

export const isFolded =
  (id: string) =>
  ({ byDocument }: FoldState): boolean =>
    byDocument.get(useDocumentStore.getState().recoveryId)?.has(id) ?? false;

/** Folds these cards, or unfolds them if all of them are folded. */
export function toggleFolded(ids: Iterable<string>): void {
  const { recoveryId } = useDocumentStore.getState();
  const { byDocument } = useFoldStore.getState();
  const folded = new Set(byDocument.get(recoveryId));
  const chosen = [...ids];
  const unfold = chosen.every((id) => folded.has(id));
  for (const id of chosen) unfold ? folded.delete(id) : folded.add(id);
  const { order } = useTabStore.getState();
  const kept = [...byDocument].filter(([id]) => order.includes(id));
  const next = new Map(kept).set(recoveryId, folded);
  useFoldStore.setState({ byDocument: next });
  writeStored(storage, KEY, Object.fromEntries([...next].map(([id, nodeIds]) => [id, [...nodeIds]])));
}
