import { type FileHandle, open } from 'node:fs/promises';
import { engineFailure } from '#main/services/engineFailure.ts';
import type { FailureData } from '#shared/protocol/run.ts';
import { EngineError } from '../failures.ts';

/** A checked IDX file: its values begin at `offset` and go on to its end. */
export interface IdxFile {
  readonly path: string;
  readonly offset: number;
  /** Numbers in the file, one byte each. */
  readonly length: number;
}

/**
 * Checks an IDX file of unsigned bytes (LeCun's format: two zero bytes, type 0x08, number of
 * dimensions, each size as a big-endian 32-bit number, then the values) by its header and size.
 */
export async function openIdx(path: string, expectedShape: readonly number[]): Promise<IdxFile> {
  const offset = 4 + 4 * expectedShape.length;
  const length = expectedShape.reduce((product, dim) => product * dim, 1);
  return await withFile(path, async (file) => {
    const { size } = await file.stat();
    const expected = offset + length;
    if (size !== expected) throw unavailable(path, { why: 'size', found: size, expected });
    const header = Buffer.alloc(offset);
    await readExactly(file, path, header, 0);
    if (header.readUInt16BE(0) !== 0 || header[2] !== 0x08 || header[3] !== expectedShape.length) {
      throw unavailable(path, { why: 'header' });
    }
    const shape = expectedShape.map((_, axis) => header.readUInt32BE(4 + 4 * axis));
    if (shape.some((dim, axis) => dim !== expectedShape[axis])) {
      throw unavailable(path, { why: 'shape', found: shape.join('×'), expected: expectedShape.join('×') });
    }
    return { path, offset, length };
  });
}

/** Fills `target` with the bytes of a file from `position` on. */
export async function readBytes(path: string, target: Uint8Array, position: number): Promise<void> {
  await withFile(path, (file) => readExactly(file, path, target, position));
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw unavailable(path, { why: 'opening' }, error);
  });
  try {
    return await use(file);
  } catch (error) {
    throw error instanceof EngineError ? error : unavailable(path, { why: 'reading' }, error);
  } finally {
    await file.close();
  }
}

/** One read may give less than was asked for: Linux ends it at 2 GiB. */
async function readExactly(
  file: FileHandle,
  path: string,
  target: Uint8Array,
  position: number,
): Promise<void> {
  for (let done = 0; done < target.length; ) {
    const { bytesRead } = await file.read(target, done, target.length - done, position + done);
    if (bytesRead === 0) throw unavailable(path, { why: 'changed' });
    done += bytesRead;
  }
}

/** A file of samples that cannot be used: `why` completes the sentence. */
function unavailable(path: string, why: FailureData, cause?: unknown): EngineError {
  return new EngineError(engineFailure('data-unavailable', 'data-file-unusable', { path, ...why }), {
    cause,
  });
}
