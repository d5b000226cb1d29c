import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../hostFailure.ts';
import { isProcessAlive } from '../processAlive.ts';
import { PackFailure } from './packFailure.ts';

/** Runs `work` as the only task on the packs in `folder`, of all apps; throws PackFailure where another is at it. */
export async function withTaskLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const path = join(folder, '.task');
  if (!(await take(path))) {
    await dropStale(path);
    if (!(await take(path))) throw new PackFailure('runtime-task-running');
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function dropStale(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const written = await stat(path).catch(() => null);
  if (written && !isProcessAlive(Number(text), written.mtime.toISOString())) await rm(path, { force: true });
}
