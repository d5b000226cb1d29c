import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { engineFailure } from '#main/services/engineFailure.ts';
import { EngineError, errorCode } from '../failures.ts';

export interface ExportedFiles {
  readonly path: string;
  readonly files: string[];
  readonly bytes: number;
}

/**
 * Writes an export beside its place and puts it there with a rename, so that a half-written one is
 * never found. What already lies there is replaced only where `isExport` knows it as an earlier one.
 */
export async function stageExport(options: {
  path: string;
  write(staging: string): Promise<void>;
  isExport(existing: string): Promise<boolean>;
}): Promise<ExportedFiles> {
  const path = resolve(options.path);
  const existing = await lstat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (existing && !(await options.isExport(path).catch(() => false))) {
    throw new EngineError(engineFailure('storage', 'export-in-the-way', { path }));
  }
  const suffix = randomBytes(6).toString('hex');
  const staging = join(dirname(path), `.${basename(path)}.${suffix}.tmp`);
  const replaced = join(dirname(path), `.${basename(path)}.${suffix}.old`);
  await mkdir(dirname(path), { recursive: true });
  try {
    await options.write(staging);
    // A file takes another's place at once; a folder must be moved out of the way first.
    const inTheWay = existing?.isDirectory() ?? false;
    if (inTheWay) await rename(path, replaced);
    try {
      await rename(staging, path);
    } catch (error) {
      if (inTheWay) await rename(replaced, path);
      throw error;
    }
  } catch (error) {
    await rm(staging, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
  await rm(replaced, { recursive: true, force: true });
  return { path, ...(await listFiles(path)) };
}

async function listFiles(root: string): Promise<{ files: string[]; bytes: number }> {
  const info = await stat(root);
  if (info.isFile()) return { files: [basename(root)], bytes: info.size };
  const files: string[] = [];
  let bytes = 0;
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.push(relative(root, path));
    bytes += (await stat(path)).size;
  }
  return { files: files.sort(), bytes };
}
