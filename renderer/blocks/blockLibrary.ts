import { create } from 'zustand';
import type { BlockDefinition } from '#shared/graph/document.ts';
import type { SavedBlock } from '#shared/protocol/blocks.ts';
import type { HostConnection } from '#shared/protocol/host.ts';
import { toHostError } from '../host/hostFailure.ts';
import { hostErrorText } from '../i18n/failureText.ts';
import { i18n } from '../i18n/i18n.ts';
import { callHost } from '../stores/hostStore.ts';
import { showToast } from '../stores/toastStore.ts';

/** Blocks that a person keeps for all graphs, as the host last listed them. */
export const useBlockLibrary = create<{ readonly blocks: readonly SavedBlock[] }>(() => ({ blocks: [] }));

async function refresh(): Promise<void> {
  const { blocks } = await callHost('blockLibrary.list', {});
  useBlockLibrary.setState({ blocks });
}

/** Does something to the library and reads it again; says so where the host refuses. */
async function attempt(action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action();
    await refresh();
    return true;
  } catch (cause) {
    showToast({ tone: 'danger', text: hostErrorText(toHostError(cause)) });
    return false;
  }
}

/** Keeps a block, with those inside it, for all graphs. */
export async function saveBlock(definitions: readonly BlockDefinition[]): Promise<void> {
  const root = definitions.at(-1);
  if (await attempt(() => callHost('blockLibrary.save', { definitions: [...definitions] }))) {
    showToast({ tone: 'ok', text: i18n.t('blocks.saved', { block: root?.title ?? root?.id ?? '' }) });
  }
}

export async function removeSavedBlock(id: string): Promise<void> {
  await attempt(() => callHost('blockLibrary.remove', { id }));
}

/** Reads the library whenever the host is there, and when the window comes to the front: another may have saved. */
export function attachBlockLibrary(connection: HostConnection): () => void {
  const read = (): void => void refresh().catch(() => undefined);
  const off = connection.onConnection((connected) => {
    if (connected) read();
  });
  window.addEventListener('focus', read);
  return () => {
    off();
    window.removeEventListener('focus', read);
  };
}
