import { DOCUMENT_EXTENSION, type GraphDocument, graphDocumentSchema } from '#shared/graph/document.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import type { HostError } from '#shared/protocol/host.ts';
import { isRunActive } from '#shared/protocol/run.ts';
import { chooseOpenPath, chooseSavePath, confirmUnsaved, openExportDialog } from '../dialogs/fileDialogs.ts';
import { readFile } from '../files/readFile.ts';
import { toHostError } from '../host/hostFailure.ts';
import { i18n } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problemText.ts';
import {
  type DocumentFile,
  documentPart,
  markSaved,
  redoEdit,
  selectUnsaved,
  undoEdit,
  useDocumentStore,
} from '../stores/documentStore.ts';
import { callHost, useHostStore } from '../stores/hostStore.ts';
import { runPart, selectRunActive, useRunStore } from '../stores/runStore.ts';
import { dropTab, frontTab, openTab, openTabs, showTab, tabPart } from '../stores/tabStore.ts';
import { showToast } from '../stores/toastStore.ts';
import { openGraph, showGraph } from './openGraph.ts';

/** A file that is wrong in many places is described by its first ones. */
const MOST_REASONS = 3;

function report(error: HostError): void {
  showToast({ tone: 'danger', text: error.message });
}

/** Closes a document; one with unsaved work comes to the front and asks. False when the person would rather stay. */
export async function closeTab(id = frontTab()): Promise<boolean> {
  const state = tabPart(id, documentPart);
  if (!state.document) return false;
  if (selectUnsaved(state)) {
    showTab(id);
    const choice = await confirmUnsaved(state.document.name);
    if (choice === 'cancel' || (choice === 'save' && !(await saveDocument()))) return false;
  }
  const { currentRunId: runId, state: runState } = tabPart(id, runPart);
  dropTab(id);
  if (runId !== null && runState !== null && isRunActive(runState)) tellOfRun(runId, state.document.name);
  return true;
}

/** A run goes on without its document: it is in the list of runs, and can be ended at once. */
function tellOfRun(runId: string, name: string): void {
  showToast({
    tone: 'info',
    text: i18n.t('shell.closedTraining', { name: name || i18n.t('shell.untitled') }),
    action: {
      label: i18n.t('shell.stop'),
      run: () => void callHost('run.stop', { runId }).catch((cause: unknown) => report(toHostError(cause))),
    },
  });
}

/** Opens a document that is in hand already: a template, a run's graph. */
export function openFresh(document: GraphDocument): void {
  openTab({ document });
}

export function newDocument(): void {
  openFresh(
    graphDocumentSchema.parse({
      format: 'neuroloom',
      version: 1,
      name: i18n.t('shell.untitled'),
      nodes: [],
      edges: [],
    }),
  );
}

/** Shows the document of a file if it is open already. */
function showOpenFile(path: string): boolean {
  const open = openTabs().find(({ state }) => state.file?.path === path);
  if (open) void showGraph(open.id);
  return open !== undefined;
}

/** Reads a file and opens it; one that cannot be read leaves the window as it was and says why. */
export async function openPath(path: string): Promise<void> {
  try {
    if (showOpenFile(path)) return;
    const file = await callHost('files.read', { path });
    // By another name of the same file.
    if (showOpenFile(file.path)) return;
    const parsed = await readFile(new Blob([file.text]));
    if (!parsed.ok) {
      const name = file.path.split(/[\\/]/).at(-1) ?? '';
      const reason = parsed.error.slice(0, MOST_REASONS).map(problemText).join(' ');
      showToast({ tone: 'danger', text: i18n.t('shell.importFailed', { name, reason }) });
      return;
    }
    await openGraph({ document: parsed.value, file: { path: file.path, modifiedAt: file.modifiedAt } });
    // Not before: a file that holds no graph is none that somebody worked on.
    await callHost('files.rememberRecent', { path: file.path });
  } catch (cause) {
    report(toHostError(cause));
  }
}

/** Lets a person pick a graph; null when cancelled. */
export async function choosePathToOpen(): Promise<string | null> {
  if (useHostStore.getState().info?.nativeDialogs) return (await callHost('dialog.open', {})).path;
  return chooseOpenPath();
}

export async function openWithDialog(): Promise<void> {
  try {
    const path = await choosePathToOpen();
    if (path !== null) await openPath(path);
  } catch (cause) {
    report(toHostError(cause));
  }
}

function suggestedName(document: GraphDocument): string {
  const stem = document.name.replaceAll(/[^\p{L}\p{N} ._-]+/gu, '-').trim() || 'graph';
  return stem.endsWith(DOCUMENT_EXTENSION) ? stem : `${stem}${DOCUMENT_EXTENSION}`;
}

async function write(document: GraphDocument, path: string, file: DocumentFile | null): Promise<boolean> {
  const { currentRunId: runId } = useRunStore.getState();
  try {
    const saved = await callHost('files.save', {
      path,
      text: serializeDocument(document),
      overwrite: true,
      ...(runId !== null && { runId }),
      ...(file && file.path === path && { expectedModifiedAt: file.modifiedAt }),
    });
    markSaved(document, saved);
    showToast({ tone: 'ok', text: i18n.t('shell.saved', { name: saved.path.split(/[\\/]/).at(-1) ?? '' }) });
    return true;
  } catch (cause) {
    // It stays until it is dismissed: the work is in the window alone as long as it is not saved.
    showToast({
      tone: 'danger',
      text: toHostError(cause).message,
      action: { label: i18n.t('shell.saveAs'), run: () => void saveDocumentAs() },
    });
    return false;
  }
}

/** Saves to a place that is asked for. False when cancelled or refused. */
export async function saveDocumentAs(): Promise<boolean> {
  const { document } = useDocumentStore.getState();
  if (!document) return false;
  const suggested = suggestedName(document);
  try {
    const path = useHostStore.getState().info?.nativeDialogs
      ? (await callHost('dialog.save', { suggestedName: suggested })).path
      : await chooseSavePath(suggested);
    return path !== null && (await write(document, path, null));
  } catch (cause) {
    report(toHostError(cause));
    return false;
  }
}

/** Saves to the document's file, or asks for a place where it has none. */
export async function saveDocument(): Promise<boolean> {
  const { document, file } = useDocumentStore.getState();
  if (!document) return false;
  return file ? write(document, file.path, file) : saveDocumentAs();
}

export async function exportModel(): Promise<void> {
  const { currentRunId } = useRunStore.getState();
  if (currentRunId) await openExportDialog(currentRunId);
  else showToast({ tone: 'info', text: i18n.t('shell.exportNone') });
}

/** Starts training, or goes on with a paused run. */
export async function train(): Promise<void> {
  const run = useRunStore.getState();
  if (run.state === 'paused') await run.resume();
  else if (!selectRunActive(run)) await run.start();
}

/** Follows what the desktop's menu and the operating system ask for. */
export function attachCommands(): () => void {
  const { connection } = useHostStore.getState();
  if (!connection) return () => {};
  return connection.subscribe((event) => {
    if (event.type !== 'command') return;
    switch (event.command) {
      case 'new':
        return newDocument();
      case 'open':
        return void openWithDialog();
      case 'open-path':
        return void (event.path !== undefined && openPath(event.path));
      case 'save':
        return void saveDocument();
      case 'save-as':
        return void saveDocumentAs();
      case 'undo':
        return undoEdit();
      case 'redo':
        return redoEdit();
      case 'export':
        return void exportModel();
      case 'train':
        return void train();
      case 'stop':
        return void useRunStore.getState().stop();
    }
  });
}
