import { useShallow } from 'zustand/react/shallow';
import type { RunState } from '#shared/protocol/run.ts';
import { selectUnsaved, useDocumentStore } from './documentStore.ts';
import { runPart, useRunStore } from './runStore.ts';
import { openTabs, tabPart, useTabStore } from './tabStore.ts';

/** An open document as its tab shows it. */
export interface TabView {
  readonly id: string;
  readonly name: string;
  readonly path: string | null;
  readonly unsaved: boolean;
  readonly runState: RunState | null;
}

/** The open documents from left to right. */
export function useTabs(): readonly TabView[] {
  // What of the document in front is shown; the others are in the store of tabs.
  useDocumentStore(
    useShallow((state) => [state.recoveryId, state.document?.name, state.file, selectUnsaved(state)]),
  );
  useRunStore((run) => run.state);
  useTabStore();
  return openTabs().map(({ id, state }) => ({
    id,
    name: state.document?.name ?? '',
    path: state.file?.path ?? null,
    unsaved: selectUnsaved(state),
    runState: tabPart(id, runPart).state,
  }));
}
