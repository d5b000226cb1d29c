import { z } from 'zod';
import { graphDocumentSchema } from '#shared/graph/document.ts';
import type { HostConnection } from '#shared/protocol/host.ts';
import { openDocument, selectUnsaved, useDocumentStore } from './documentStore.ts';
import { callHost, useHostStore } from './hostStore.ts';
import { useRunStore } from './runStore.ts';
import { readStored, writeStored } from './storedValue.ts';

const KEY = 'neuroloom.session';
const storage = () => sessionStorage;
/** A pause this long after an edit writes the recovery copy. */
const AUTOSAVE_MS = 1000;

const sessionSchema = z.object({
  document: graphDocumentSchema.nullable(),
  file: z.object({ path: z.string(), modifiedAt: z.string() }).nullable(),
  saved: z.boolean(),
  recoveryId: z.string(),
  startOpen: z.boolean(),
  runId: z.string().nullable(),
});
type Session = z.infer<typeof sessionSchema>;

function writeSession(): void {
  const state = useDocumentStore.getState();
  const session: Session = {
    document: state.document,
    file: state.file,
    saved: !selectUnsaved(state),
    recoveryId: state.recoveryId,
    startOpen: state.startOpen,
    runId: useRunStore.getState().currentRunId,
  };
  writeStored(storage, KEY, session);
}

/** After a reload: the same document, file, unsaved marker and run as before. */
export function restoreSession(): void {
  const session = readStored<Session | null>(storage, KEY, sessionSchema as z.ZodType<Session>, null);
  if (!session) return;
  if (session.document) {
    openDocument({
      document: session.document,
      file: session.file,
      saved: session.saved,
      recoveryId: session.recoveryId,
    });
    if (session.startOpen) useDocumentStore.setState({ startOpen: true });
  }
  if (session.runId) useRunStore.setState({ currentRunId: session.runId });
}

async function writeRecoveryCopy(): Promise<void> {
  const state = useDocumentStore.getState();
  if (!state.document || !useHostStore.getState().connected) return;
  // A copy that cannot be written is tried again after the next edit; the work itself is in the window.
  await (selectUnsaved(state)
    ? callHost('recovery.save', {
        id: state.recoveryId,
        originalPath: state.file?.path ?? null,
        document: state.document,
      })
    : callHost('recovery.discard', { id: state.recoveryId })
  ).catch(() => undefined);
}

/** Lets the browser ask before the page is closed over unsaved work; the desktop app asks in words of its own. */
function askToStay(event: BeforeUnloadEvent): void {
  if (selectUnsaved(useDocumentStore.getState())) event.preventDefault();
}

/**
 * Keeps recovery copies of unsaved work on the host, about a second after the last edit, and what a
 * reload needs in the window's own storage, at the latest when the page goes away.
 */
export function attachSession(connection: HostConnection): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      writeSession();
      void writeRecoveryCopy();
    }, AUTOSAVE_MS);
  };
  const offDocument = useDocumentStore.subscribe((state, before) => {
    if (state.recoveryId !== before.recoveryId && before.recoveryId !== '') {
      // The document that was left is saved or was discarded by its owner's choice.
      void callHost('recovery.discard', { id: before.recoveryId }).catch(() => undefined);
    }
    if (
      state.document !== before.document ||
      state.savedDocument !== before.savedDocument ||
      state.startOpen !== before.startOpen
    )
      later();
  });
  const offRun = useRunStore.subscribe((state, before) => {
    if (state.currentRunId !== before.currentRunId) writeSession();
  });
  const offConnection = connection.onConnection((connected) => {
    if (connected) later();
  });
  window.addEventListener('pagehide', writeSession);
  window.addEventListener('beforeunload', askToStay);
  return () => {
    clearTimeout(timer);
    offDocument();
    offRun();
    offConnection();
    window.removeEventListener('pagehide', writeSession);
    window.removeEventListener('beforeunload', askToStay);
  };
}
