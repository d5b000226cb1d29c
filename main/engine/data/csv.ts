import { setImmediate as nextTurn } from 'node:timers/promises';
import { keptRows, rowsIn, splitsOf } from '#main/services/data/keptRows.ts';
import { RowEncoder, tableReadingSchema } from '#main/services/data/tableReading.ts';
import type { DataLoader } from './dataSource.ts';
import { realNumbers, wholeNumbers } from './splitTable.ts';
import { createTableSource } from './table.ts';
import { requireUnchanged } from './unchanged.ts';

/** A table that was looked at: read once more, into memory, as its reading says. */
export const csvLoader: DataLoader = {
  async open(params, given, { looked } = {}) {
    const file = await requireUnchanged(looked);
    const reading = tableReadingSchema.parse(looked?.reading);
    const facts = given ?? looked?.facts;
    if (!facts) throw new Error('nothing is known of the table');
    const encoder = new RowEncoder(reading);
    const rows = rowsIn(file.path, reading.dialect);
    const splits = await splitsOf(reading, rows);
    const { train, validation } = facts.splits;
    // Rows of a split one after the other, in the order of the file.
    const next = [0, train, train + validation];
    const { width } = encoder;
    const features = new Float32Array(splits.length * width);
    const labels = reading.labels.map(() => new Int32Array(splits.length));
    const values = new Float32Array(splits.length * reading.values.length);
    let row = 0;
    for await (const cells of keptRows(reading, rows)) {
      const split = splits[row++] ?? 0;
      const place = next[split] ?? 0;
      next[split] = place + 1;
      encoder.writeFeatures(cells, features, place * width);
      for (const [index, column] of labels.entries()) column[place] = encoder.label(index, cells);
      for (const index of reading.values.keys()) {
        values[place * reading.values.length + index] = encoder.value(index, cells);
      }
      if ((row & 4095) === 0) await nextTurn();
    }
    return createTableSource(facts, params.shuffle === true, {
      columns: {
        features: realNumbers([width], features),
        ...Object.fromEntries(
          reading.labels.map(({ port }, index) => [
            port,
            wholeNumbers([], labels[index] ?? new Int32Array(0)),
          ]),
        ),
        ...(reading.values.length > 0 && { values: realNumbers([reading.values.length], values) }),
      },
      firstRow: { train: 0, validation: train, test: train + validation },
      rows: splits.length,
    });
  },
};
