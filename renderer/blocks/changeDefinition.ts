import type { Command } from '#shared/graph/commands.ts';
import { problemText } from '../i18n/problemText.ts';
import { runCommand } from '../stores/documentStore.ts';
import { showToast } from '../stores/toastStore.ts';

/** Changes definitions of blocks, which belong to the document, whichever of them is open. */
export function change(command: Command): void {
  const result = runCommand(command, []);
  if (!result.ok) showToast({ tone: 'warning', text: problemText(result.error) });
}
