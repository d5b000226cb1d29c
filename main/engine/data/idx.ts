import { readFile, stat } from 'node:fs/promises';
import { engineFailure } from '#main/services/engineFailure.ts';
import type { FailureData } from '#shared/protocol/run.ts';
import { EngineError } from '../failures.ts';

export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/**
 * An IDX file of unsigned bytes (LeCun's format: two zero bytes, type 0x08, number of dimensions,
 * each size as a big-endian 32-bit number, then the values). The header is compared with the
 * file's size before its values are read.
 */
export async function readIdx(path: string, expectedShape: readonly number[]): Promise<IdxArray> {
  const headerSize = 4 + 4 * expectedShape.length;
  const valueCount = expectedShape.reduce((product, dim) => product * dim, 1);
  const expectedSize = headerSize + valueCount;
  let size: number;
  try {
    size = (await stat(path)).size;
  } catch (error) {
    throw unavailable(path, { why: 'opening' }, error);
  }
  if (size !== expectedSize) throw unavailable(path, { why: 'size', found: size, expected: expectedSize });

  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw unavailable(path, { why: 'reading' }, error);
  }
  if (bytes.length !== expectedSize) throw unavailable(path, { why: 'changed' });
  if (bytes.readUInt16BE(0) !== 0 || bytes[2] !== 0x08 || bytes[3] !== expectedShape.length) {
    throw unavailable(path, { why: 'header' });
  }
  const shape = expectedShape.map((_, axis) => bytes.readUInt32BE(4 + 4 * axis));
  if (shape.some((dim, axis) => dim !== expectedShape[axis])) {
    throw unavailable(path, { why: 'shape', found: shape.join('×'), expected: expectedShape.join('×') });
  }
  return { shape, data: bytes.subarray(headerSize) };
}

function unavailable(path: string, why: FailureData, cause?: unknown): EngineError {
  return new EngineError(engineFailure('data-unavailable', 'data-file-unusable', { path, ...why }), {
    cause,
  });
}
