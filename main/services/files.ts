import { access as checkAccess, constants, mkdir, open, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { DOCUMENT_EXTENSION } from '#shared/graph/document.ts';
import type { FileEntry, HostError } from '#shared/protocol/host.ts';
import { ok, type Result } from '#shared/protocol/problem.ts';
import { type AtomicWriteOptions, atomicWrite, IncompleteWriteError } from './atomicWrite.ts';
import type { FileAccess } from './fileAccess.ts';
import { errorCode, fileFailure, hostFailure } from './hostFailure.ts';

/** Largest graph file that is read or written, in bytes. */
export const FILE_SIZE_LIMIT = 64_000_000;

export interface FileListing {
  readonly path: string;
  readonly parent: string | null;
  readonly entries: FileEntry[];
}

export interface SaveRequest {
  readonly path: string;
  readonly text: string;
  readonly expectedModifiedAt?: string | undefined;
  readonly overwrite: boolean;
}

/** Graph files of the user. Every failure says what it is, then what to do. */
export interface Files {
  list(path?: string): Promise<Result<FileListing, HostError>>;
  makeFolder(path: string): Promise<Result<null, HostError>>;
  /** `limit` in bytes. */
  read(
    path: string,
    limit?: number,
  ): Promise<Result<{ path: string; text: string; modifiedAt: string }, HostError>>;
  save(request: SaveRequest): Promise<Result<{ path: string; modifiedAt: string }, HostError>>;
}

export function createFiles(access: FileAccess, writeOptions: AtomicWriteOptions = {}): Files {
  return {
    list: (path = access.root) => listFolder(access, path),
    makeFolder: (path) => makeFolder(access, path),
    read: (path, limit) => readText(access, path, limit),
    save: (request) => save(access, request, writeOptions),
  };
}

async function listFolder(access: FileAccess, path: string): Promise<Result<FileListing, HostError>> {
  const resolved = await access.resolve(path);
  if (!resolved.ok) return resolved;
  const folder = resolved.value;
  try {
    if (!(await stat(folder)).isDirectory()) return hostFailure('not-a-folder', { path });
    const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
    const entries = (
      await Promise.all(names.map((name) => entryOf(access, join(folder, name), name)))
    ).filter((entry) => entry !== null);
    entries.sort(
      (a, b) =>
        Number(b.kind === 'folder') - Number(a.kind === 'folder') ||
        a.name.localeCompare(b.name, 'en', { numeric: true }),
    );
    return ok({
      path: folder,
      parent: relative(access.root, folder) === '' ? null : dirname(folder),
      entries,
    });
  } catch (error) {
    return fileFailure(error, path);
  }
}

/** Graphs, runtime packs, tables, and exported weights so that a second export asks before it replaces the first. */
const LISTED = [
  '.json',
  '.safetensors',
  '.tar.gz',
  '.tgz',
  '.zip',
  ...['.csv', '.tsv', '.tab', '.txt', '.data'],
];

/** Null for what is neither a folder nor a listed file, and for what cannot be looked at. */
async function entryOf(access: FileAccess, path: string, name: string): Promise<FileEntry | null> {
  const resolved = await access.resolve(path);
  if (!resolved.ok) return null;
  try {
    const stats = await stat(resolved.value);
    const kind = stats.isDirectory()
      ? 'folder'
      : stats.isFile() && LISTED.some((ending) => name.endsWith(ending))
        ? 'file'
        : null;
    if (kind === null) return null;
    return { name, path, kind, size: stats.size, modifiedAt: stats.mtime.toISOString() };
  } catch {
    return null;
  }
}

async function makeFolder(access: FileAccess, path: string): Promise<Result<null, HostError>> {
  const resolved = await access.resolve(path);
  if (!resolved.ok) return resolved;
  try {
    await mkdir(resolved.value);
    return ok(null);
  } catch (error) {
    return folderAware(error, resolved.value);
  }
}

async function readText(
  access: FileAccess,
  path: string,
  limit = FILE_SIZE_LIMIT,
): Promise<Result<{ path: string; text: string; modifiedAt: string }, HostError>> {
  const resolved = await access.resolve(path);
  if (!resolved.ok) return resolved;
  try {
    // Looked at before it is opened: opening a pipe would wait for its writer.
    const before = await stat(resolved.value);
    if (before.isDirectory()) return hostFailure('is-a-folder', { path });
    if (!before.isFile()) return hostFailure('not-a-file', { path });
    const handle = await open(resolved.value, 'r');
    try {
      const stats = await handle.stat();
      if (stats.size > limit) {
        return hostFailure('too-large', { path, bytes: stats.size, limit });
      }
      const bytes = await handle.readFile();
      const text = decodeUtf8(bytes);
      if (text === null) return hostFailure('not-text', { path });
      return ok({ path: resolved.value, text, modifiedAt: stats.mtime.toISOString() });
    } finally {
      await handle.close();
    }
  } catch (error) {
    return fileFailure(error, path);
  }
}

/** Without a byte-order mark; null where the bytes are no UTF-8. */
function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

async function save(
  access: FileAccess,
  request: SaveRequest,
  writeOptions: AtomicWriteOptions,
): Promise<Result<{ path: string; modifiedAt: string }, HostError>> {
  // A window writes documents and nothing else, so that it cannot replace a shell profile.
  const path = request.path.endsWith('.json') ? request.path : `${request.path}${DOCUMENT_EXTENSION}`;
  const bytes = Buffer.byteLength(request.text, 'utf8');
  if (bytes > FILE_SIZE_LIMIT) return hostFailure('too-large', { path, bytes, limit: FILE_SIZE_LIMIT });
  const resolved = await access.resolve(path);
  if (!resolved.ok) return resolved;
  const target = resolved.value;
  try {
    const existing = await statOrNull(target);
    if (existing?.isDirectory()) return hostFailure('is-a-folder', { path });
    if (existing !== null && !existing.isFile()) return hostFailure('not-a-file', { path });
    if (existing !== null) {
      const modifiedAt = existing.mtime.toISOString();
      if (request.expectedModifiedAt === undefined) {
        if (!request.overwrite) return hostFailure('exists', { path });
      } else if (request.expectedModifiedAt !== modifiedAt) {
        return hostFailure('changed-on-disk', { path, modifiedAt });
      }
      const refused = await whyNotWritable(target);
      if (refused === 'EROFS') return hostFailure('read-only-folder', { path: dirname(target) });
      if (refused !== null) return hostFailure('write-protected', { path: target });
    }
    await atomicWrite(target, request.text, writeOptions);
    return ok({ path: target, modifiedAt: (await stat(target)).mtime.toISOString() });
  } catch (error) {
    return folderAware(error, target);
  }
}

async function statOrNull(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** A rename replaces even a write-protected file, so its protection is looked at beforehand. */
async function whyNotWritable(path: string): Promise<string | null> {
  return checkAccess(path, constants.W_OK).then(() => null, errorCode);
}

/** Failures of making something in a folder name the folder, because that is what is to be changed. */
function folderAware(error: unknown, path: string): { ok: false; error: HostError } {
  if (error instanceof IncompleteWriteError) return hostFailure('write-incomplete', { path });
  const code = errorCode(error);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return hostFailure('read-only-folder', { path: dirname(path) });
  }
  if (code === 'ENOENT') return hostFailure('folder-not-found', { path: dirname(path) });
  return fileFailure(error, path);
}
