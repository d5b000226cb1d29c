import { useShallow } from 'zustand/react/shallow';
import type { RunState } from '#shared/protocol/run.ts';
import { selectUnsaved, useDocumentStore } from './documentStore.ts';
import { runPart, useRunStore } from './runStore.ts';
import { tabHints } from './tabHints.ts';
import { openTabs, tabPart, useTabStore } from './tabStore.ts';

/** An open document as its tab shows it. */
export interface TabView {
  readonly id: string;
  readonly name: string;
  readonly path: string | null;
  /** Tells it from another of the same name; undefined where the name does. */
  readonly hint: string | undefined;
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
  const tabs = openTabs();
  const hints = tabHints(
    tabs.map(({ state }) => ({ name: state.document?.name ?? '', path: state.file?.path ?? null })),
  );
  return tabs.map(({ id, state }, index) => ({
    id,
    name: state.document?.name ?? '',
    path: state.file?.path ?? null,
    hint: hints[index],
    unsaved: selectUnsaved(state),
    runState: tabPart(id, runPart).state,
  }));
}
