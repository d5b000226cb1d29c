import { z } from 'zod';
import { type PackedValue, sampleLength } from './column.ts';
import type { DataLoader, GatherRequest, PackedValues } from './dataSource.ts';
import { mnistLoader } from './mnist.ts';
import { createRandom } from './random.ts';
import { knownFacts } from './splitTable.ts';
import { decodeAll, rowsOf } from './table.ts';

const paramsSchema = z.looseObject({ samples: z.int(), seed: z.int() });
/** The last images of the training file: pairs for validation are made of them alone. */
const VALIDATION_IMAGES = 5000;

/** MNIST's digits two by two, half of the pairs of one class; each split pairs its own images. */
export const mnistPairsLoader: DataLoader = {
  async open(params, given) {
    const { seed } = paramsSchema.parse(params);
    const facts = knownFacts('mnist-pairs', params, given);
    const { train, validation, test } = facts.splits;
    const digits = await mnistLoader.open({ validation: VALIDATION_IMAGES, shuffle: true }, undefined);
    const { image, label } = digits.table?.columns ?? {};
    if (!digits.table || !image || !label) throw new Error('mnist-pairs: the digits are not in memory');
    const count = train + validation + test;
    const rows = [new Int32Array(count), new Int32Array(count)] as const;
    const same = new Uint8Array(count);
    let pair = 0;
    for (const split of ['train', 'validation', 'test'] as const) {
      const random = createRandom(seed, `mnist-pairs/${split}`);
      const first = digits.table.firstRow[split];
      const images = digits.facts.splits[split];
      const classOf = (row: number) => label.data[row];
      for (const end = pair + facts.splits[split]; pair < end; pair += 1) {
        const one = first + random.below(images);
        const wanted = random.below(2);
        let other = first + random.below(images);
        while (other === one || (classOf(one) === classOf(other) ? 1 : 0) !== wanted) {
          other = first + random.below(images);
        }
        rows[0][pair] = one;
        rows[1][pair] = other;
        same[pair] = wanted;
      }
    }
    const range = { facts, firstRow: { train: 0, validation: train, test: train + validation } };
    const length = sampleLength(image.format);
    const pack = (request: GatherRequest): PackedValues => {
      const pairs = rowsOf(range, request);
      const pictures = (of: Int32Array): PackedValue => {
        const data = new Uint8Array(pairs.length * length);
        for (const [at, place] of pairs.entries()) {
          const row = of[place] ?? 0;
          data.set(image.data.subarray(row * length, (row + 1) * length), at * length);
        }
        return { format: image.format, data };
      };
      return {
        first: pictures(rows[0]),
        second: pictures(rows[1]),
        same: { format: label.format, data: Uint8Array.from(pairs, (place) => same[place] ?? 0) },
      };
    };
    return {
      facts,
      shuffle: true,
      bytes: digits.bytes + 9 * count,
      pack,
      gather: (request) => decodeAll(pack(request), request),
    };
  },
};
