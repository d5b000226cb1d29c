import { fileProblems } from '#shared/graph/fileProblems.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import { i18n } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problemText.ts';
import { openGraph } from '../shell/openGraph.ts';
import { dismissText, showToast } from '../stores/toastStore.ts';
import { readFile } from './readFile.ts';

/** Reading that takes longer is worth a word. */
const QUIET_MS = 400;
/** More at once is more likely a slip of the hand. */
const MAX_FILES = 12;

/** Opens files that were dropped or pasted, each in a tab; says of each that cannot be opened why. */
export async function importFiles(files: readonly File[]): Promise<void> {
  if (files.length > MAX_FILES) {
    showToast({
      tone: 'warning',
      text: i18n.t('shell.importMany', { count: files.length, limit: MAX_FILES }),
    });
    return;
  }
  for (const file of files) await importFile(file, file.name);
}

/** What is said of a file that holds no graph: a table is of use elsewhere. */
function saidOf(name: string, problem: Problem | undefined): Problem | undefined {
  const isTable = problem?.code === 'file-not-a-graph' && /\.(?:csv|tsv|tab)$/i.test(name);
  return isTable ? fileProblems.isTable() : problem;
}

/** Opens a graph from a file or a text in a tab of its own. False where it holds none. */
export async function importFile(file: Blob, name: string): Promise<boolean> {
  const reading = i18n.t('shell.importReading', { name });
  const timer = setTimeout(() => showToast({ tone: 'info', text: reading }), QUIET_MS);
  const read = await readFile(file);
  clearTimeout(timer);
  dismissText(reading);
  if (!read.ok) {
    const first = saidOf(name, read.error[0]);
    showToast({
      tone: 'danger',
      text: i18n.t('shell.importFailed', { name, reason: first ? problemText(first) : '' }),
    });
    return false;
  }
  await openGraph({ document: read.value });
  return true;
}
