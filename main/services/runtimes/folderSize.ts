import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of every file below `path`; a file with several names counts once, one that vanishes meanwhile not at all. */
export async function folderSize(path: string, counted: Set<string> = new Set()): Promise<number> {
  const status = await lstat(path).catch(() => null);
  if (status === null) return 0;
  if (!status.isDirectory()) {
    const identity = `${status.dev}:${status.ino}`;
    if (status.nlink > 1 && counted.has(identity)) return 0;
    counted.add(identity);
    return status.size;
  }
  let total = 0;
  for (const name of await readdir(path).catch(() => []))
    total += await folderSize(join(path, name), counted);
  return total;
}
