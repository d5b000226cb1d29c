import { z } from 'zod';
import { graphDocumentSchema } from '#shared/graph/document.ts';
import type { HostConnection } from '#shared/protocol/host.ts';
import { documentPart, selectUnsaved, showStart, useDocumentStore } from './documentStore.ts';
import { callHost, useHostStore } from './hostStore.ts';
import { runPart, useRunStore } from './runStore.ts';
import { readStored, writeStored } from './storedValue.ts';
import { frontTab, openTab, openTabs, setTabPart, showTab, tabPart, useTabStore } from './tabStore.ts';
import { noteViewport, viewportOf } from './viewports.ts';

const KEY = 'neuroloom.session';
const storage = () => sessionStorage;
/** A pause this long after an edit writes the recovery copies. */
const AUTOSAVE_MS = 1000;

const sessionSchema = z.object({
  tabs: z.array(
    z.object({
      document: graphDocumentSchema,
      file: z.object({ path: z.string(), modifiedAt: z.string() }).nullable(),
      saved: z.boolean(),
      recoveryId: z.string(),
      runId: z.string().nullable(),
      viewport: z.object({ x: z.number(), y: z.number(), zoom: z.number() }).optional(),
    }),
  ),
  front: z.string(),
  startOpen: z.boolean(),
});
type Session = z.infer<typeof sessionSchema>;

function writeSession(): void {
  const session: Session = {
    tabs: openTabs().flatMap(({ id, state }) => {
      const { document, file } = state;
      if (!document) return [];
      const viewport = viewportOf(id);
      return {
        document,
        file,
        saved: !selectUnsaved(state),
        recoveryId: id,
        runId: tabPart(id, runPart).currentRunId,
        ...(viewport && { viewport }),
      };
    }),
    front: frontTab(),
    startOpen: useDocumentStore.getState().startOpen,
  };
  writeStored(storage, KEY, session);
}

/** After a reload: the same documents, files, unsaved markers and runs as before. False where there were none. */
export function restoreSession(): boolean {
  const session = readStored<Session | null>(storage, KEY, sessionSchema as z.ZodType<Session>, null);
  if (!session) return false;
  for (const { document, file, saved, recoveryId, runId, viewport } of session.tabs) {
    if (viewport) noteViewport(recoveryId, viewport);
    openTab({ document, file, saved, recoveryId });
    setTabPart(recoveryId, runPart, { currentRunId: runId });
  }
  showTab(session.front);
  showStart(session.startOpen || frontTab() === '');
  return session.tabs.length > 0;
}

async function writeRecoveryCopy(id: string): Promise<void> {
  const state = tabPart(id, documentPart);
  if (!state.document || !useHostStore.getState().connected) return;
  // A copy that cannot be written is tried again after the next edit; the work itself is in the window.
  await (selectUnsaved(state)
    ? callHost('recovery.save', {
        id,
        originalPath: state.file?.path ?? null,
        document: state.document,
      })
    : callHost('recovery.discard', { id })
  ).catch(() => undefined);
}

/** Lets the browser ask before the page is closed over unsaved work; the desktop app asks in words of its own. */
function askToStay(event: BeforeUnloadEvent): void {
  if (openTabs().some(({ state }) => selectUnsaved(state))) event.preventDefault();
}

/**
 * Keeps recovery copies of unsaved work on the host, about a second after the last edit, and what a
 * reload needs in the window's own storage, at the latest when the page goes away.
 */
export function attachSession(connection: HostConnection): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Documents that were changed since their copies were last looked after. */
  let changed = new Set<string>();
  const later = (ids: Iterable<string>): void => {
    for (const id of ids) changed.add(id);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const due = changed;
      changed = new Set();
      writeSession();
      for (const id of due) void writeRecoveryCopy(id);
    }, AUTOSAVE_MS);
  };
  const offDocument = useDocumentStore.subscribe((state, before) => {
    const same = state.recoveryId === before.recoveryId;
    if (same && (state.document !== before.document || state.savedDocument !== before.savedDocument))
      later([state.recoveryId]);
    else if (state.startOpen !== before.startOpen || !same) later([]);
  });
  const offTabs = useTabStore.subscribe(({ order }, before) => {
    if (order === before.order) return;
    for (const id of before.order) {
      if (order.includes(id)) continue;
      changed.delete(id);
      // Who was let go is saved, or was discarded by its owner's choice.
      void callHost('recovery.discard', { id }).catch(() => undefined);
    }
    // A restored document may be unsaved from the start.
    later(order.filter((id) => !before.order.includes(id)));
  });
  const offRun = useRunStore.subscribe((state, before) => {
    if (state.currentRunId !== before.currentRunId) later([]);
  });
  const offConnection = connection.onConnection((connected) => {
    if (connected) later(useTabStore.getState().order);
  });
  window.addEventListener('pagehide', writeSession);
  window.addEventListener('beforeunload', askToStay);
  return () => {
    clearTimeout(timer);
    offDocument();
    offTabs();
    offRun();
    offConnection();
    window.removeEventListener('pagehide', writeSession);
    window.removeEventListener('beforeunload', askToStay);
  };
}
