import { readFile, stat } from 'node:fs/promises';
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
    throw unavailable(path, 'it cannot be opened', error);
  }
  if (size !== expectedSize) throw unavailable(path, `it has ${size} bytes, ${expectedSize} were expected`);

  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw unavailable(path, 'it cannot be read', error);
  }
  if (bytes.length !== expectedSize) throw unavailable(path, 'it changed while it was read');
  if (bytes.readUInt16BE(0) !== 0 || bytes[2] !== 0x08 || bytes[3] !== expectedShape.length) {
    throw unavailable(path, 'it does not begin like an IDX file of bytes');
  }
  const shape = expectedShape.map((_, axis) => bytes.readUInt32BE(4 + 4 * axis));
  if (shape.some((dim, axis) => dim !== expectedShape[axis])) {
    throw unavailable(path, `its shape is ${shape.join('×')}, ${expectedShape.join('×')} was expected`);
  }
  return { shape, data: bytes.subarray(headerSize) };
}

function unavailable(path: string, why: string, cause?: unknown): EngineError {
  return new EngineError(
    {
      reason: 'data-unavailable',
      message: `The data file ${path} cannot be used: ${why}. Install the data again (npm run setup).`,
    },
    { cause },
  );
}
