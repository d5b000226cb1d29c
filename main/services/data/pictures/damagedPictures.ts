import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { atomicWrite } from '../../atomicWrite.ts';
import { makeFolder } from '../../makeFolder.ts';

/** Where prepared pictures, and what was found out about them, are kept. */
export const pictureCache = (cacheDir: string): string => join(cacheDir, 'pictures');

const pathOf = (cacheDir: string, hash: string): string =>
  join(pictureCache(cacheDir), `${hash}.damaged.json`);

const damagedSchema = z.array(z.string());

/** Pictures that turned out damaged only when they were decoded, by the hash of their folder. */
export async function readDamaged(cacheDir: string, hash: string): Promise<readonly string[]> {
  try {
    return damagedSchema.parse(JSON.parse(await readFile(pathOf(cacheDir, hash), 'utf8')));
  } catch {
    return [];
  }
}

export async function writeDamaged(cacheDir: string, hash: string, paths: readonly string[]): Promise<void> {
  await makeFolder(pictureCache(cacheDir));
  await atomicWrite(pathOf(cacheDir, hash), JSON.stringify(paths));
}
