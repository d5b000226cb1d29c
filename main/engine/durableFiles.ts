import { createHash } from 'node:crypto';
import * as nodeFs from 'node:fs/promises';

/** The file operations that checkpoints and exports are made of; tests hand in one that fails. */
export type FileSystem = Pick<
  typeof nodeFs,
  'mkdir' | 'open' | 'rename' | 'rm' | 'readdir' | 'readFile' | 'stat'
>;
export const realFileSystem: FileSystem = nodeFs;

export interface WrittenFile {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes a new file until every byte is in it, synchronises it with the disk and checks its size.
 * A single write may be cut short without an error when the disk fills up.
 */
export async function writeWhole(
  fs: FileSystem,
  path: string,
  chunks: readonly Uint8Array[],
): Promise<WrittenFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await fs.open(path, 'wx');
  try {
    for (const chunk of chunks) {
      let offset = 0;
      while (offset < chunk.length) {
        const { bytesWritten } = await file.write(chunk, offset, chunk.length - offset);
        if (bytesWritten === 0) throw new Error(`nothing more could be written to ${path}`);
        offset += bytesWritten;
      }
      hash.update(chunk);
      bytes += chunk.length;
    }
    await file.sync();
    const { size } = await file.stat();
    if (size !== bytes) throw new Error(`${path} has ${size} bytes after ${bytes} were written`);
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Makes renames within a folder durable; Windows has no such call and needs none. */
export async function syncFolder(fs: FileSystem, path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await fs.open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
