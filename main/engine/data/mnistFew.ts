import { z } from 'zod';
import type { DataLoader } from './dataSource.ts';
import { mnistLoader } from './mnist.ts';
import { knownFacts, splitTable } from './splitTable.ts';

const paramsSchema = z.looseObject({
  perClass: z.int().min(1),
  repeat: z.int().min(1),
  shuffle: z.boolean(),
});
const VALIDATION = 1000;
const PIXELS = 28 * 28;

/** The first so many training images of each digit, the last 1,000 for validation, all test images. */
export const mnistFewLoader: DataLoader = {
  async open(params, given) {
    const { perClass, repeat, shuffle } = paramsSchema.parse(params);
    const facts = knownFacts('mnist-few', params, given);
    const whole = await mnistLoader.open({ validation: VALIDATION, shuffle: false }, undefined, {
      memoryBytes: Number.POSITIVE_INFINITY,
    });
    const { table } = whole;
    const image = table?.columns.image;
    const label = table?.columns.label;
    if (!table || !image || !label) throw new Error('mnist-few: the images are not in memory');
    const left = new Array<number>(10).fill(perClass);
    const few: number[] = [];
    for (let row = 0; few.length < 10 * perClass && row < table.firstRow.validation; row += 1) {
      const digit = label.data[row] ?? 0;
      if (left[digit] === 0) continue;
      left[digit] = (left[digit] ?? 0) - 1;
      few.push(row);
    }
    const rows = Array.from({ length: repeat }, () => few).flat();
    for (let row = table.firstRow.validation; row < table.rows; row += 1) rows.push(row);
    const images = new Uint8Array(rows.length * PIXELS);
    for (const [at, row] of rows.entries()) {
      images.set(image.data.subarray(row * PIXELS, (row + 1) * PIXELS), at * PIXELS);
    }
    return splitTable(facts, shuffle, {
      image: { format: image.format, data: images },
      label: { format: label.format, data: Uint8Array.from(rows, (row) => label.data[row] ?? 0) },
    });
  },
};
