import { randomBytes } from 'node:crypto';
import { type FileHandle, lstat, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from './hostFailure.ts';

/** The system calls of an atomic write; tests put a shim here that fails the k-th of them. */
export interface AtomicFileSystem {
  open(path: string, flags: string, mode?: number): Promise<AtomicFileHandle>;
  readFile(path: string): Promise<Uint8Array>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Permission bits of an existing file; null where there is none. */
  mode(path: string): Promise<number | null>;
  /** The file itself where `path` is a link; `path` otherwise. */
  followLink(path: string): Promise<string>;
}

export type AtomicFileHandle = Pick<FileHandle, 'sync' | 'close'> & {
  write(bytes: Uint8Array, offset: number, length: number): Promise<{ bytesWritten: number }>;
  stat(): Promise<{ size: number }>;
};

export const nodeFileSystem: AtomicFileSystem = {
  open: (path, flags, mode) => open(path, flags, mode),
  readFile: (path) => readFile(path),
  rename,
  remove: (path) => rm(path, { force: true }),
  async mode(path) {
    try {
      return (await stat(path)).mode & 0o777;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    }
  },
  async followLink(path) {
    try {
      return (await lstat(path)).isSymbolicLink() ? await realpath(path) : path;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return path;
      throw error;
    }
  },
};

/** The bytes on disk are not those that were to be written; the old file is still in place. */
export class IncompleteWriteError extends Error {
  override readonly name = 'IncompleteWriteError';
}

export interface AtomicWriteOptions {
  readonly fileSystem?: AtomicFileSystem;
  readonly platform?: NodeJS.Platform;
  /** Permission bits of a file that does not exist yet. */
  readonly mode?: number;
}

/** Waits between attempts to rename on Windows, where virus scanners and indexers hold files open, ms. */
const WINDOWS_RETRY_WAITS = [10, 20, 50, 100, 200, 400, 800];
const WINDOWS_RETRY_CODES = new Set(['EPERM', 'EACCES', 'EBUSY']);

/**
 * Replaces a file as a whole: whatever fails, `path` holds either what it held before or `content`.
 * A unique temporary file in the same folder is written until every byte is there, synced, its size
 * checked, read back, and only then renamed over the old one; the folder is synced last. Rejects
 * with the system's error, or an {@link IncompleteWriteError}; the old file is then untouched.
 */
export async function atomicWrite(
  path: string,
  content: string | Uint8Array,
  options: AtomicWriteOptions = {},
): Promise<void> {
  const { fileSystem = nodeFileSystem, platform = process.platform } = options;
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const target = await fileSystem.followLink(path);
  const folder = dirname(target);
  const mode = (await fileSystem.mode(target)) ?? options.mode ?? 0o666;
  // Shortened: the name with its suffix must stay within the 255 bytes that file systems allow.
  const stem = basename(target).slice(0, 40);
  const temporary = join(folder, `.${stem}.${randomBytes(8).toString('hex')}.tmp`);
  try {
    await writeWhole(fileSystem, temporary, bytes, mode);
    const written = await fileSystem.readFile(temporary);
    if (Buffer.compare(written, bytes) !== 0) {
      throw new IncompleteWriteError(`${temporary} reads back differently`);
    }
    await renameOver(fileSystem, temporary, target, platform);
  } catch (error) {
    // A failed clean-up must not hide why the write failed; the left-over has a name of its own.
    await fileSystem.remove(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(fileSystem, folder);
}

async function writeWhole(
  fileSystem: AtomicFileSystem,
  path: string,
  bytes: Uint8Array,
  mode: number,
): Promise<void> {
  const handle = await fileSystem.open(path, 'wx', mode);
  try {
    let offset = 0;
    while (offset < bytes.byteLength) {
      const { bytesWritten } = await handle.write(bytes, offset, bytes.byteLength - offset);
      if (bytesWritten <= 0) throw new IncompleteWriteError(`${path} takes no more bytes at ${offset}`);
      offset += bytesWritten;
    }
    await handle.sync();
    const { size } = await handle.stat();
    if (size !== bytes.byteLength) {
      throw new IncompleteWriteError(`${path} has ${size} bytes instead of ${bytes.byteLength}`);
    }
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
  // Network file systems report a full disk only here.
  await handle.close();
}

async function renameOver(
  fileSystem: AtomicFileSystem,
  from: string,
  to: string,
  platform: NodeJS.Platform,
): Promise<void> {
  for (const wait of platform === 'win32' ? WINDOWS_RETRY_WAITS : []) {
    try {
      return await fileSystem.rename(from, to);
    } catch (error) {
      if (!WINDOWS_RETRY_CODES.has(errorCode(error))) throw error;
      await delay(wait);
    }
  }
  await fileSystem.rename(from, to);
}

/**
 * Makes the new name survive a power cut. Its failure is no failure of the write: the new file is
 * in place with all its bytes synced, and several file systems (and Windows) cannot sync a folder.
 */
async function syncFolder(fileSystem: AtomicFileSystem, folder: string): Promise<void> {
  try {
    const handle = await fileSystem.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    return;
  }
}
