import { useDocumentStore } from '../stores/documentStore.ts';
import { callHost, useHostStore } from '../stores/hostStore.ts';
import { lookAgain } from '../stores/lookedData.ts';
import { chooseDataPath } from './fileDialogs.ts';

/** Lets a person pick a file or folder of data, which may be read from then on. Null when cancelled. */
export async function pickData(kind: 'file' | 'folder'): Promise<string | null> {
  const path = useHostStore.getState().info?.nativeDialogs
    ? (await callHost('dialog.open', { purpose: kind === 'folder' ? 'data-folder' : 'data' })).path
    : await chooseDataPath(kind);
  if (path === null) return null;
  await callHost('data.allow', { path });
  lookAgain();
  return besideGraph(path, useDocumentStore.getState().file?.path ?? null);
}

/** Relative to the graph's folder where it lies in that, so that both can be moved together. */
export function besideGraph(path: string, graphPath: string | null): string {
  const folder = graphPath?.replace(/[^\\/]*$/, '') ?? '';
  return folder !== '' && path.startsWith(folder) ? path.slice(folder.length) : path;
}
