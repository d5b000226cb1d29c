import type { GraphDocument } from '#shared/graph/document.ts';
import { goToStep } from '#shared/graph/history.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { showDockTab } from '../dock/dockStore.ts';
import { toHostError } from '../host/hostFailure.ts';
import { hostErrorText } from '../i18n/failureText.ts';
import { i18n } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problemText.ts';
import { choosePathToOpen } from '../shell/appCommands.ts';
import { focusSoon } from '../shell/windowParts.ts';
import { documentPart, useDocumentStore } from '../stores/documentStore.ts';
import { callHost } from '../stores/hostStore.ts';
import { tabPart } from '../stores/tabStore.ts';
import { showToast } from '../stores/toastStore.ts';
import { type CompareBase, startComparing } from './compareStore.ts';

function start(base: CompareBase): void {
  startComparing(base);
  showDockTab('compare');
  focusSoon('.compare-list');
}

const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** The graph in a file; says why where it cannot be read. */
async function readGraphFile(path: string): Promise<GraphDocument | null> {
  try {
    const parsed = parseDocument((await callHost('files.read', { path })).text);
    if (parsed.ok) return parsed.value;
    const [first] = parsed.error;
    const reason = first ? problemText(first) : '';
    showToast({ tone: 'danger', text: i18n.t('shell.importFailed', { name: fileName(path), reason }) });
  } catch (cause) {
    showToast({ tone: 'danger', text: hostErrorText(toHostError(cause)) });
  }
  return null;
}

/** Compares only if the same document is still in front: reading takes its time. */
async function compareWithPath(path: string, kind: 'saved' | 'file'): Promise<void> {
  const { recoveryId } = useDocumentStore.getState();
  const document = await readGraphFile(path);
  if (document && useDocumentStore.getState().recoveryId === recoveryId)
    start({ kind, document, name: fileName(path) });
}

/** With its file as it is on the disk now. */
export async function compareWithSaved(): Promise<void> {
  const { file } = useDocumentStore.getState();
  if (file) await compareWithPath(file.path, 'saved');
}

export const canCompareWithSaved = (): boolean => useDocumentStore.getState().file !== null;

export async function compareWithFile(): Promise<void> {
  try {
    const path = await choosePathToOpen();
    if (path !== null) await compareWithPath(path, 'file');
  } catch (cause) {
    showToast({ tone: 'danger', text: hostErrorText(toHostError(cause)) });
  }
}

export function compareWithTab(id: string): void {
  const { document } = tabPart(id, documentPart);
  if (document) start({ kind: 'tab', id, document, name: document.name });
}

/** With the state after so many of the history's steps. */
export function compareWithStep(position: number): void {
  const { history } = useDocumentStore.getState();
  if (!history) return;
  const step = [...history.past, ...history.future][position - 1] ?? null;
  start({ kind: 'step', step, document: goToStep(history, position).document });
}
