import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { engineFailure } from '#main/services/engineFailure.ts';
import { EngineError } from '../failures.ts';
import { findDataFile } from './dataFile.ts';
import type { DataLoader, SourceValues } from './dataSource.ts';
import { knownFacts } from './splitTable.ts';

/** The file holds the pixels of content and style, one after the other, three bytes each. */
export const stylePicturesLoader: DataLoader = {
  async open(params, given) {
    const facts = knownFacts('style-pictures', params, given);
    const shape = facts.outputs.content?.shape.map(Number) ?? [];
    const numbers = shape.reduce((product, size) => product * size, 1);
    const path = findDataFile({ packaged: 'style-pictures.bin.gz' });
    const unusable = (cause?: unknown) =>
      new EngineError(engineFailure('data-unavailable', 'data-file-unusable', { path, why: 'changed' }), {
        cause,
      });
    const packed = await readFile(path);
    let bytes: Buffer;
    try {
      bytes = gunzipSync(packed, { maxOutputLength: 2 * numbers });
    } catch (error) {
      throw unusable(error);
    }
    if (bytes.length !== 2 * numbers) throw unusable();
    const picture = (index: number): SourceValues[string] => ({
      shape,
      dtype: 'float32',
      data: Float32Array.from(bytes.subarray(index * numbers, (index + 1) * numbers), (value) => value / 255),
    });
    const values = { content: picture(0), style: picture(1) };
    return { facts, shuffle: false, bytes: 8 * numbers, gather: () => values };
  },
};
