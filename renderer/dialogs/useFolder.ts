import { useCallback, useEffect, useState } from 'react';
import type { HostError, HostOutput } from '#shared/protocol/host.ts';
import { toHostError } from '../host/hostFailure.ts';
import { callHost } from '../stores/hostStore.ts';

export type Folder = HostOutput<'files.list'>;

interface FolderBrowser {
  readonly folder: Folder | null;
  readonly error: HostError | null;
  /** Goes to a folder; the root without one. The present one stays where that fails. */
  go(path?: string): Promise<void>;
  /** Makes a folder here and goes into it. */
  makeFolder(name: string): Promise<boolean>;
  setError(error: HostError | null): void;
}

/** The last folder that was looked into, for the next dialog. */
let remembered: string | undefined;

/** Looks through the folders that the host shows. */
export function useFolder(): FolderBrowser {
  const [folder, setFolder] = useState<Folder | null>(null);
  const [error, setError] = useState<HostError | null>(null);
  const go = useCallback(async (path?: string): Promise<void> => {
    try {
      const listed = await callHost('files.list', path === undefined ? {} : { path });
      remembered = listed.path;
      setFolder(listed);
      setError(null);
    } catch (cause) {
      setError(toHostError(cause));
    }
  }, []);
  useEffect(() => {
    const from = remembered;
    void callHost('files.list', from === undefined ? {} : { path: from }).then(
      (listed) => setFolder(listed),
      () => void go(),
    );
  }, [go]);
  const makeFolder = async (name: string): Promise<boolean> => {
    if (!folder) return false;
    const path = joinPath(folder.path, name);
    try {
      await callHost('files.makeFolder', { path });
    } catch (cause) {
      setError(toHostError(cause));
      return false;
    }
    await go(path);
    return true;
  };
  return { folder, error, go, makeFolder, setError };
}

/** A path in a folder, with the separator that the folder's own path uses. */
export function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`;
}

/** True for a name that can stand in a folder on every system. */
export const isFileName = (name: string): boolean =>
  name.trim() !== '' && name !== '.' && name !== '..' && !/[/\\]/.test(name) && !name.includes('\0');
