import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { HostError } from '#shared/protocol/host.ts';
import { ok, type Result } from '#shared/protocol/problem.ts';
import { errorCode, fileFailure, hostFailure } from './hostFailure.ts';

/** Which files a window may name. Every path of a request goes through `resolve` before it is used. */
export interface FileAccess {
  /** Start of the file browser and of relative paths. */
  readonly root: string;
  /** The real path (no links, no `..`) of a file that exists or may be made. */
  resolve(path: string): Promise<Result<string, HostError>>;
}

/** True where `path` is `folder` or lies in it; both absolute and free of links. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** Browser mode: everything under one folder of the serving machine, links followed before judging. */
export async function rootAccess(root: string): Promise<Result<FileAccess, HostError>> {
  let real: string;
  try {
    real = await realpath(root);
    if (!(await lstat(real)).isDirectory()) return hostFailure('root-missing', { path: root });
  } catch {
    return hostFailure('root-missing', { path: root });
  }
  return ok({
    root: real,
    async resolve(path) {
      const resolved = await resolveReal(real, path);
      if (!resolved.ok || isInside(real, resolved.value)) return resolved;
      return hostFailure('outside-root', { path, root: real });
    },
  });
}

export interface ChosenFiles extends FileAccess {
  /** From now on the window may read and write this file (or folder). */
  allow(path: string): Promise<void>;
}

/** Desktop mode: only what a person chose in a dialog, in the recent files or in the system's file manager. */
export function chosenFilesAccess(home: string): ChosenFiles {
  const chosen = new Set<string>();
  return {
    root: home,
    async allow(path) {
      const resolved = await resolveReal(home, path);
      if (resolved.ok) chosen.add(resolved.value);
    },
    async resolve(path) {
      const resolved = await resolveReal(home, path);
      if (!resolved.ok || chosen.has(resolved.value)) return resolved;
      return hostFailure('not-chosen', { path });
    },
  };
}

/** A NUL ends a path for the system; on Windows a second `:` names a hidden stream of a file. */
function isMalformed(path: string): boolean {
  if (path.includes('\0')) return true;
  return process.platform === 'win32' && path.replace(/^[A-Za-z]:/, '').includes(':');
}

/**
 * Absolute path with every link followed. The last parts may not exist yet: the deepest folder that
 * does is resolved, the rest appended. A dangling link counts as existing and is refused.
 */
async function resolveReal(base: string, path: string): Promise<Result<string, HostError>> {
  if (isMalformed(path)) return hostFailure('invalid-path', { path: JSON.stringify(path) });
  const absolute = resolve(base, path);
  const missing: string[] = [];
  for (let existing = absolute; ; existing = dirname(existing)) {
    try {
      return ok(join(await realpath(existing), ...missing.reverse()));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') return fileFailure(error, path);
      if (await isLink(existing)) return hostFailure('not-found', { path });
      if (dirname(existing) === existing) return hostFailure('not-found', { path });
      missing.push(basename(existing));
    }
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}
