import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorCode } from '../hostFailure.ts';
import type { JsonStore } from '../jsonStore.ts';
import type { Settings } from '../settings.ts';
import { SourceError } from './sourceError.ts';

/** The most recently allowed so many are remembered. */
const MOST_REMEMBERED = 1000;

/**
 * Which files and folders data may be read from: those that a person picked, remembered in the settings. A
 * graph that came from elsewhere may name any path, so that its word does not count.
 */
export interface DataConsent {
  /**
   * The real path of what a data node names, relative to the folder of its graph.
   * @throws SourceError where it is not there, or nobody picked it.
   */
  resolve(path: string, folder: string | null): Promise<string>;
  isAllowed(realPath: string): Promise<boolean>;
  /** A person picked it. */
  allow(path: string): Promise<void>;
}

export interface DataConsentOptions {
  readonly settings: JsonStore<Settings>;
  /** Start of relative paths where the graph has no file. */
  readonly home: string;
  /** What may be read without having been picked, e.g. what stands on the command line. */
  trusts?(realPath: string): Promise<boolean>;
  /** What may not be read in any case, e.g. what lies outside the folder that is served. */
  refuses?(realPath: string): Promise<boolean>;
}

export function createDataConsent({ settings, home, trusts, refuses }: DataConsentOptions): DataConsent {
  const isAllowed = async (realPath: string): Promise<boolean> => {
    if (await refuses?.(realPath)) return false;
    if (await trusts?.(realPath)) return true;
    return (await settings.get()).dataFiles.includes(realPath);
  };
  return {
    async resolve(path, folder) {
      const real = await realPathOf(path, folder ?? home);
      if (await isAllowed(real)) return real;
      throw new SourceError('data-not-allowed', { path });
    },
    isAllowed,
    async allow(path) {
      const real = await realPathOf(path, home);
      await settings.update((present) => ({
        ...present,
        dataFiles: [real, ...present.dataFiles.filter((other) => other !== real)].slice(0, MOST_REMEMBERED),
      }));
    },
  };
}

async function realPathOf(path: string, folder: string): Promise<string> {
  try {
    if (path.includes('\0')) throw new Error('a path with a NUL');
    return await realpath(resolve(folder, path));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EACCES' || code === 'EPERM') throw new SourceError('data-not-permitted', { path });
    throw new SourceError('data-file-missing', { path });
  }
}
