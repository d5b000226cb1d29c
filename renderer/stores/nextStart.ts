import { z } from 'zod';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import type { HostConnection, Recovery } from '#shared/protocol/host.ts';
import { type OpenedDocument, showStart, useDocumentStore } from './documentStore.ts';
import { callHost } from './hostStore.ts';
import { runPart, useRunStore } from './runStore.ts';
import { readStored, writeStored } from './storedValue.ts';
import { frontTab, openTab, openTabs, showTab, tabPart, useTabStore } from './tabStore.ts';
import { noteViewport, viewportOf } from './viewports.ts';

const KEY = 'neuroloom.tabs';
const LOCK = 'neuroloom.tabs';
const storage = () => localStorage;

const tabSchema = z.object({
  id: z.string(),
  /** Null for one that was never saved: it comes back if a copy of it was left. */
  path: z.string().nullable(),
  runId: z.string().nullable(),
  viewport: z.object({ x: z.number(), y: z.number(), zoom: z.number() }).nullable(),
});
type StoredTab = z.infer<typeof tabSchema>;
const storedSchema = z.object({ tabs: z.array(tabSchema), front: z.string(), startOpen: z.boolean() });
type Stored = z.infer<typeof storedSchema>;
const nothing: Stored = { tabs: [], front: '', startOpen: true };

function write(): void {
  const tabs = openTabs().map(
    ({ id, state }): StoredTab => ({
      id,
      path: state.file?.path ?? null,
      runId: tabPart(id, runPart).currentRunId,
      viewport: viewportOf(id) ?? null,
    }),
  );
  const stored: Stored = { tabs, front: frontTab(), startOpen: useDocumentStore.getState().startOpen };
  writeStored(storage, KEY, stored);
}

/** The document of a tab: its unsaved copy where that is the newest, else its file; null where neither is left. */
async function read({ id, path }: StoredTab, copies: readonly Recovery[]): Promise<OpenedDocument | null> {
  const copy = copies.find((candidate) => candidate.id === id);
  const file = path === null ? null : await callHost('files.read', { path }).catch(() => null);
  const place = file && { path: file.path, modifiedAt: file.modifiedAt };
  if (copy?.newerThanOriginal) return { document: copy.document, file: place, saved: false, recoveryId: id };
  // A copy that is older than its file waits on the start screen, under the same id.
  const parsed = file && parseDocument(file.text);
  return parsed?.ok ? { document: parsed.value, file: place, ...(!copy && { recoveryId: id }) } : null;
}

/** Opens what was open when the last window was closed. Returns the paths that could not be opened again. */
async function restore({ tabs, front, startOpen }: Stored): Promise<string[]> {
  const { copies } = await callHost('recovery.list', {}).catch(() => ({ copies: [] }));
  const opened = await Promise.all(tabs.map((tab) => read(tab, copies)));
  // What a person opened meanwhile stays in front.
  const atWork = frontTab();
  let shown = atWork;
  for (const [index, tab] of tabs.entries()) {
    const document = opened[index];
    if (!document || openTabs().some(({ state }) => state.file && state.file.path === document.file?.path))
      continue;
    if (tab.viewport && document.recoveryId) noteViewport(document.recoveryId, tab.viewport);
    openTab(document);
    if (tab.id === front && atWork === '') shown = frontTab();
    if (tab.runId) void useRunStore.getState().openRun(tab.runId, frontTab());
  }
  showTab(shown);
  if (startOpen && atWork === '') showStart(true);
  return tabs.flatMap(({ path }, index) => (opened[index] || path === null ? [] : [path]));
}

/**
 * Remembers which documents are open, and opens them again at the next start (`restored` tells that a reload
 * has done so already). One window at a time keeps that list: a second one beside it starts empty.
 */
export function attachNextStart(
  connection: HostConnection,
  restored: boolean,
  onMissing: (paths: readonly string[]) => void,
): void {
  let keeping = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): Promise<never> => {
    keeping = true;
    later();
    return new Promise(() => {});
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => keeping && write(), 200);
  };
  useTabStore.subscribe(({ order }, before) => order !== before.order && later());
  useDocumentStore.subscribe((state, before) => {
    if (
      state.recoveryId !== before.recoveryId ||
      state.file !== before.file ||
      state.startOpen !== before.startOpen
    )
      later();
  });
  useRunStore.subscribe(({ currentRunId }, before) => currentRunId !== before.currentRunId && later());
  window.addEventListener('pagehide', () => keeping && write());

  const connected = new Promise<void>((resolve) => {
    const off = connection.onConnection((isConnected) => {
      if (!isConnected) return;
      resolve();
      queueMicrotask(() => off());
    });
  });
  void navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) {
      void navigator.locks.request(LOCK, keep);
      return;
    }
    const stored = readStored<Stored>(storage, KEY, storedSchema, nothing);
    if (!restored && stored.tabs.length > 0) {
      await connected;
      const missing = await restore(stored);
      if (missing.length > 0) onMissing(missing);
    }
    await keep();
  });
}
