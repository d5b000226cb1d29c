import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, readFile, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pictureCache, readDamaged, writeDamaged } from '#main/services/data/pictures/damagedPictures.ts';
import { decodePicture } from '#main/services/data/pictures/decodePicture.ts';
import { fitPicture, type PictureForm } from '#main/services/data/pictures/fitPicture.ts';
import type { ListedPicture } from '#main/services/data/pictures/listPictures.ts';
import { PictureError } from '#main/services/data/pictures/pictureError.ts';
import { engineFailure } from '#main/services/engineFailure.ts';
import { errorCode } from '#main/services/hostFailure.ts';
import { makeFolder } from '#main/services/makeFolder.ts';
import { EngineError } from '../failures.ts';
import { Interrupted, type Preparing } from './dataSource.ts';

/** Prepared folders are kept up to so many bytes together; the longest unused goes first. */
const LARGEST_CACHE = 20 * 2 ** 30;
/** Left free on the disk, for checkpoints. */
const SPARE_BYTES = 512 * 2 ** 20;
const PIECE_BYTES = 4 * 2 ** 20;

export interface PictureFolder {
  readonly root: string;
  readonly pictures: readonly ListedPicture[];
  /** Of the listing. */
  readonly hash: string;
  readonly form: PictureForm;
  /** Paths that are not decoded: their rows are zeros. */
  readonly leftOut: ReadonlySet<string>;
}

/** The host's folder for what can be found out again, set for this process; else one that the system clears. */
export const cacheFolder = (): string => process.env.NEUROLOOM_CACHE_DIR ?? join(tmpdir(), 'neuroloom-cache');

export const rowBytesOf = ({ width, height, channels }: PictureForm): number => width * height * channels;

/**
 * A file with the bytes of all pictures of a folder in their new size, one after the other in the order of
 * the listing. It is made once: decoding takes minutes where reading it again takes a moment.
 * @throws EngineError that names the pictures which cannot be decoded; they are left out of later looks.
 */
export async function preparePictures(folder: PictureFolder, preparing: Preparing = {}): Promise<string> {
  const cacheDir = cacheFolder();
  const { root, pictures, hash, form, leftOut } = folder;
  const { width, height, channels, fit } = form;
  const key = createHash('sha256').update(JSON.stringify([root, hash, width, height, channels, fit]));
  const path = join(pictureCache(cacheDir), `${key.digest('hex').slice(0, 40)}.bin`);
  const bytes = pictures.length * rowBytesOf(form);
  if (await isWhole(path, bytes)) {
    const now = new Date();
    await utimes(path, now, now).catch(() => undefined);
    return path;
  }
  const damaged: { path: string; detail: string }[] = [];
  await writeWhole(path, bytes, async (file) => {
    for (const [place, picture] of pictures.entries()) {
      if (preparing.stopping?.()) throw new Interrupted();
      let row: Uint8Array | null = null;
      if (!leftOut.has(picture.path)) {
        try {
          row = fitPicture(await decodePicture(await readFile(join(root, picture.path))), form);
        } catch (error) {
          if (!(error instanceof PictureError)) throw unreadable(join(root, picture.path), error);
          damaged.push({ path: picture.path, detail: error.message });
        }
      }
      await writeAll(file, row ?? new Uint8Array(rowBytesOf(form)));
      preparing.onProgress?.(place + 1, pictures.length);
      await nextTurn();
    }
  });
  await forgetOld(path);
  const [first] = damaged;
  if (first) {
    const known = await readDamaged(cacheDir, hash);
    await writeDamaged(cacheDir, hash, [...new Set([...known, ...damaged.map((one) => one.path)])]);
    throw new EngineError(
      engineFailure('data-unavailable', 'pictures-damaged', {
        count: damaged.length,
        path: first.path,
        detail: first.detail,
      }),
    );
  }
  return path;
}

/** Rows of a prepared file in another order, in a file of their own: for samples that do not fit into memory. */
export async function arrangeRows(
  path: string,
  places: readonly number[],
  rowBytes: number,
  preparing: Preparing = {},
): Promise<string> {
  const order = createHash('sha256').update(Int32Array.from(places)).digest('hex').slice(0, 16);
  const arranged = path.replace(/\.bin$/, `-${order}.bin`);
  const bytes = places.length * rowBytes;
  if (await isWhole(arranged, bytes)) return arranged;
  const source = await open(path, 'r');
  try {
    await writeWhole(arranged, bytes, async (file) => {
      const rows = Math.max(1, Math.floor(PIECE_BYTES / rowBytes));
      for (let first = 0; first < places.length; first += rows) {
        if (preparing.stopping?.()) throw new Interrupted();
        const some = places.slice(first, first + rows);
        const piece = new Uint8Array(some.length * rowBytes);
        for (const [index, place] of some.entries()) {
          await readAll(source, piece.subarray(index * rowBytes, (index + 1) * rowBytes), place * rowBytes);
        }
        await writeAll(file, piece);
      }
    });
  } finally {
    await source.close();
  }
  return arranged;
}

/** The rows at `places`, one after the other. */
export async function readRows(
  path: string,
  places: readonly number[],
  rowBytes: number,
): Promise<Uint8Array> {
  const into = new Uint8Array(places.length * rowBytes);
  // Read in the order of the file, put where they belong.
  const order = places.map((place, index) => ({ place, index })).sort((a, b) => a.place - b.place);
  const rows = Math.max(1, Math.floor(PIECE_BYTES / rowBytes));
  const file = await open(path, 'r');
  try {
    for (let at = 0; at < order.length; ) {
      const first = order[at]?.place ?? 0;
      let end = at;
      while (end < order.length && (order[end]?.place ?? 0) < first + rows) end += 1;
      const last = order[end - 1]?.place ?? first;
      const piece = new Uint8Array((last - first + 1) * rowBytes);
      await readAll(file, piece, first * rowBytes);
      for (const { place, index } of order.slice(at, end)) {
        const from = (place - first) * rowBytes;
        into.set(piece.subarray(from, from + rowBytes), index * rowBytes);
      }
      at = end;
    }
  } finally {
    await file.close();
  }
  return into;
}

async function isWhole(path: string, bytes: number): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true && found.size === bytes;
}

/** A file that is there whole or not at all. */
async function writeWhole(
  path: string,
  bytes: number,
  fill: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const folder = join(path, '..');
  const part = `${path}.${process.pid}.part`;
  try {
    await makeFolder(folder);
    await requireRoom(folder, bytes);
    const file = await open(part, 'w');
    try {
      await fill(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof EngineError || error instanceof Interrupted) throw error;
    const full = errorCode(error) === 'ENOSPC';
    const detail = error instanceof Error ? error.message : String(error);
    throw new EngineError(
      full
        ? engineFailure('storage', 'pictures-no-room', { path: folder, bytes, free: 0 })
        : engineFailure('storage', 'pictures-not-kept', { path: folder, detail }),
      { cause: error },
    );
  }
}

async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (bytes + SPARE_BYTES <= free) return;
  throw new EngineError(engineFailure('storage', 'pictures-no-room', { path: folder, bytes, free }));
}

function unreadable(path: string, cause: unknown): EngineError {
  return new EngineError(engineFailure('data-unavailable', 'own-data-missing', { path }), { cause });
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done)).bytesWritten;
  }
}

async function readAll(file: FileHandle, into: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) throw new Error('prepared pictures end too early');
    done += bytesRead;
  }
}

/** Removes what was not used for longest, and pieces that a killed engine has left, but never what is in use now. */
async function forgetOld(inUse: string): Promise<void> {
  const folder = join(inUse, '..');
  const found = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const path = join(folder, name);
      const status = await stat(path).catch(() => null);
      return { path, bytes: status?.size ?? 0, usedMs: status?.mtimeMs ?? 0 };
    }),
  );
  const old = Date.now() - 24 * 3600 * 1000;
  let bytes = 0;
  for (const file of found.sort((a, b) => b.usedMs - a.usedMs)) {
    if (file.path === inUse) continue;
    bytes += file.bytes;
    const abandoned = file.path.endsWith('.part') && file.usedMs < old;
    if (abandoned || (file.path.endsWith('.bin') && bytes > LARGEST_CACHE)) {
      await rm(file.path, { force: true }).catch(() => undefined);
    }
  }
}
