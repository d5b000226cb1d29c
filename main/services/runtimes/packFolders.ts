import { readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type InstalledPack, type PackId, packIdSchema } from '#shared/protocol/runtimes.ts';
import { pictureCache } from '../data/pictures/damagedPictures.ts';
import { errorCode } from '../hostFailure.ts';
import { makeFolder } from '../makeFolder.ts';
import { folderSize } from './folderSize.ts';
import { packName, TENSORFLOW_VERSION } from './packNames.ts';
import { readPackManifest } from './unpackPack.ts';

/** Folders inside the one with the packs. */
const PREVIOUS = 'previous';
const STAGING = /^\.(staging|removed)-(\d+)/;

export const packPath = (runtimesDir: string, id: PackId): string => join(runtimesDir, packName(id));
export const stagingPath = (runtimesDir: string): string => join(runtimesDir, `.staging-${process.pid}`);

/** The packs of this version in `dirs`. */
export async function listPacks(dirs: readonly string[], runtimesDir: string): Promise<InstalledPack[]> {
  const packs: InstalledPack[] = [];
  for (const dir of dirs) {
    for (const id of packIdSchema.options) {
      const path = packPath(dir, id);
      const manifest = await readPackManifest(path).catch(() => null);
      if (manifest?.id !== id) continue;
      const bytes = await folderSize(path);
      const shadowed = packs.some((other) => other.id === id);
      packs.push({
        id,
        version: manifest.libraryVersion,
        path,
        bytes,
        removable: dir === runtimesDir,
        shadowed,
      });
    }
  }
  return packs;
}

/** Puts a staged pack in its place; what was there becomes the previous one. */
export async function switchIn(staged: string, runtimesDir: string, id: PackId): Promise<void> {
  const place = packPath(runtimesDir, id);
  const previous = join(runtimesDir, PREVIOUS, packName(id));
  await rm(previous, { recursive: true, force: true });
  const replaced = await isFolder(place);
  if (replaced) {
    await makeFolder(dirname(previous));
    await rename(place, previous);
  }
  try {
    await rename(staged, place);
  } catch (error) {
    if (replaced) await rename(previous, place);
    throw error;
  }
}

/** A switch that was cut off between its two renames left only the previous pack: it is put back. */
export async function healSwitch(runtimesDir: string): Promise<void> {
  for (const id of packIdSchema.options) {
    const place = packPath(runtimesDir, id);
    if (!(await isFolder(place)))
      await rename(join(runtimesDir, PREVIOUS, packName(id)), place).catch(() => undefined);
  }
}

const isFolder = (path: string): Promise<boolean> =>
  readdir(path).then(
    () => true,
    () => false,
  );

/** Takes a pack away in one step, then its files. */
export async function removePack(path: string): Promise<void> {
  const aside = join(dirname(path), `.removed-${process.pid}-${Date.now()}`);
  await rename(path, aside);
  await rm(aside, { recursive: true, force: true });
}

/** What nobody uses any more: replaced packs, packs of other versions, what broken-off tasks and downloads left. */
export async function listUnused({
  runtimesDir,
  downloadsDir,
  cacheDir,
}: {
  readonly runtimesDir: string;
  readonly downloadsDir: string;
  readonly cacheDir: string;
}): Promise<string[]> {
  const names = await readdir(runtimesDir).catch(() => []);
  const unused = names.filter((name) => {
    const staging = STAGING.exec(name);
    if (staging) return !isAlive(Number(staging[2]));
    if (name === PREVIOUS) return true;
    const pack = packIdSchema.options.find((id) => name.startsWith(`${id}-`));
    return pack !== undefined && name !== `${pack}-${TENSORFLOW_VERSION}`;
  });
  const downloads = await readdir(downloadsDir).catch(() => []);
  return [
    ...unused.map((name) => join(runtimesDir, name)),
    ...downloads.map((name) => join(downloadsDir, name)),
    ...(await picturesLongUnused(cacheDir)),
  ];
}

/** A run that reads them may take long; each use gives a file its time anew. */
const LONG_UNUSED_MS = 24 * 3_600_000;

async function picturesLongUnused(cacheDir: string): Promise<string[]> {
  const folder = pictureCache(cacheDir);
  // Not the lists of damaged pictures, which are small and save finding them out again.
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.bin'));
  const before = Date.now() - LONG_UNUSED_MS;
  const looked = names.map(async (name) => {
    const path = join(folder, name);
    const status = await stat(path).catch(() => null);
    return status !== null && status.mtimeMs < before ? [path] : [];
  });
  return (await Promise.all(looked)).flat();
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
