import type { Dialect } from './dialect.ts';
import { type RecordOptions, readRecords, type TableRecord } from './records.ts';
import { SourceError } from './sourceError.ts';
import { namedSplit, splitRows } from './splitRows.ts';
import { lacks, RowEncoder, type TableReading } from './tableReading.ts';

/** The cells of a row, as many as the table has columns; undefined where it has others. */
export function fitRow(cells: readonly string[], width: number): readonly string[] | undefined {
  if (cells.length === width) return cells;
  const surplus = cells.slice(width);
  return cells.length > width && surplus.every((cell) => cell.trim() === '')
    ? cells.slice(0, width)
    : undefined;
}

/** Rows of a file; a caller may hold them in memory in place of reading them again. */
export type RowSource = () => AsyncIterable<TableRecord> | Iterable<TableRecord>;

export const rowsIn =
  (path: string, dialect: Dialect, options: RecordOptions = {}): RowSource =>
  () =>
    readRecords(path, dialect, options);

/** The rows that samples are made of: what a missing value leaves out, or should not be there, is not. */
export async function* keptRows(reading: TableReading, rows: RowSource): AsyncGenerator<readonly string[]> {
  const width = reading.names.length;
  for await (const { cells, line } of rows()) {
    const fitting = fitRow(cells, width);
    if (!fitting) {
      if (reading.missing === 'drop') continue;
      throw new SourceError('csv-ragged', { line, found: cells.length, expected: width }, 'missing');
    }
    // Nothing can be learnt from a row whose target is not known.
    if (
      reading.missing !== 'refuse' &&
      lacks(reading, fitting, reading.missing === 'drop' ? 'all' : 'targets')
    ) {
      continue;
    }
    yield fitting;
  }
}

/** The split of every kept row: the same whoever asks. */
export async function splitsOf(reading: TableReading, rows: RowSource): Promise<Uint8Array> {
  const encoder = new RowEncoder(reading);
  const { kind, column, seed, validation, test } = reading.split;
  const codes: number[] = [];
  for await (const cells of keptRows(reading, rows)) {
    if (kind === 'column') {
      const cell = cells[column ?? -1] ?? '';
      const named = namedSplit(cell);
      if (named === undefined) {
        throw new SourceError('csv-split-unknown', { value: cell.slice(0, 60) }, 'splitColumn');
      }
      codes.push(named);
    } else codes.push(reading.labels.length > 0 ? encoder.label(0, cells) : 0);
  }
  if (kind === 'column') return Uint8Array.from(codes);
  return splitRows({
    count: codes.length,
    validation,
    test,
    seed: kind === 'order' ? undefined : seed,
    classes: codes,
  });
}

/** How many rows each split has. */
export function countSplits(splits: Uint8Array): { train: number; validation: number; test: number } {
  const counts = [0, 0, 0];
  for (const split of splits) counts[split] = (counts[split] ?? 0) + 1;
  return { train: counts[0] ?? 0, validation: counts[1] ?? 0, test: counts[2] ?? 0 };
}
