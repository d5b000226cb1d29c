import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../hostFailure.ts';
import { SourceError } from '../sourceError.ts';
import { inTurns } from './inTurns.ts';

/** A file that is called like a picture, by its path below the folder, parts joined by `/`. */
export interface ListedPicture {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

export interface PictureListing {
  /** In the order of their paths, the same on every machine. */
  readonly pictures: readonly ListedPicture[];
  /** Files of other kinds. */
  readonly others: number;
  /** Links, which are not followed: they may lead out of the folder that was picked, or in a circle. */
  readonly links: number;
}

const MOST_ENTRIES = 2_000_000;
const MOST_PICTURES = 500_000;
const DEEPEST = 16;
/** Questions to the file system at a time. */
const AT_A_TIME = 16;

const isPictureName = (name: string): boolean => /\.(?:jpe?g|jfif|png)$/i.test(name);

/** What systems and editors leave behind. */
const isHidden = (name: string): boolean => name.startsWith('.') || name === '__MACOSX';

/**
 * The pictures in a folder and the folders below it.
 * @throws SourceError where there are too many; errors of the file system but for folders that may not be read.
 */
export async function listPictures(
  root: string,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<PictureListing> {
  const paths: string[] = [];
  let others = 0;
  let links = 0;
  let entries = 0;
  const walk = async (below: string, depth: number): Promise<void> => {
    signal?.throwIfAborted();
    for (const entry of await entriesOf(join(root, below), depth === 0)) {
      entries += 1;
      if (entries > MOST_ENTRIES || paths.length >= MOST_PICTURES) {
        throw new SourceError('images-too-many', { limit: MOST_PICTURES });
      }
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (isHidden(entry.name)) continue;
      if (entry.isSymbolicLink()) links += 1;
      else if (entry.isDirectory()) {
        if (depth < DEEPEST) await walk(path, depth + 1);
      } else if (entry.isFile() && isPictureName(entry.name)) paths.push(path);
      else others += 1;
    }
  };
  await walk('', 0);
  paths.sort(byCodeUnits);
  const found = await inTurns(paths, AT_A_TIME, async (path): Promise<ListedPicture | null> => {
    signal?.throwIfAborted();
    const status = await lstat(join(root, path)).catch(() => null);
    // What was taken away or exchanged for a link between the two questions is not there.
    return status?.isFile() ? { path, bytes: status.size, modifiedMs: Math.floor(status.mtimeMs) } : null;
  });
  return { pictures: found.filter((picture) => picture !== null), others, links };
}

async function entriesOf(folder: string, isRoot: boolean): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const code = errorCode(error);
    if (!isRoot && (code === 'EACCES' || code === 'EPERM' || code === 'ENOENT')) return [];
    throw error;
  }
}

/** Not by the rules of a language, which differ between machines. */
export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** SHA-256 of names, sizes and times: another one means that the folder has changed. */
export function hashOfListing({ pictures }: PictureListing): string {
  const hash = createHash('sha256');
  for (const { path, bytes, modifiedMs } of pictures) hash.update(`${path}\0${bytes}\0${modifiedMs}\n`);
  return hash.digest('hex');
}
