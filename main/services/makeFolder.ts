import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from './hostFailure.ts';

/**
 * The folder and those above it. Rejects with the system's reason: Node's own recursive `mkdir` says
 * "no such file" where a file system is read-only, so the first missing folder is then made by itself.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') await mkdir(await firstMissing(path));
    throw error;
  }
}

async function firstMissing(path: string): Promise<string> {
  const above = dirname(path);
  const present = await stat(above).then(
    () => true,
    () => false,
  );
  return present || above === path ? path : firstMissing(above);
}
