import { fitRow } from '#main/services/data/keptRows.ts';
import { firstRecord, readRecords } from '#main/services/data/records.ts';
import { SourceError } from '#main/services/data/sourceError.ts';
import { RowEncoder, type TableReading, tableReadingSchema } from '#main/services/data/tableReading.ts';
import { formatProblemText } from '#main/services/messages.ts';
import type { LookedSources } from '#shared/protocol/data.ts';
import type { TensorValue } from '#shared/protocol/run.ts';
import { inputError } from './graphInput.ts';

/**
 * New rows for a network that was trained on a table, normalised as those were. Columns are found by their
 * names where the file has a header; targets may be missing. Undefined where this is no such network or file.
 */
export async function readTableInput(
  file: string,
  looked: LookedSources,
): Promise<Record<string, TensorValue> | undefined> {
  if (/\.json$/i.test(file)) return undefined;
  const reading = Object.values(looked)
    .map((source) => tableReadingSchema.safeParse(source.reading))
    .find(({ success }) => success)?.data;
  if (!reading) return undefined;
  try {
    return { features: await readFeatures(file, reading) };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { code, data } = error.problem;
    const detail = formatProblemText('problems', code, data);
    throw inputError('invalid-input', 'table-unreadable', { file, detail });
  }
}

async function readFeatures(file: string, reading: TableReading): Promise<TensorValue> {
  const { dialect, names, features } = reading;
  const first = (await firstRecord(file, dialect)).map((cell) => cell.trim());
  const needed = features.map(({ name }) => name);
  const header = needed.every((name) => first.includes(name));
  if (!header && dialect.header) {
    const missing = needed.filter((name) => !first.includes(name)).join(', ');
    throw inputError('invalid-input', 'table-columns-missing', { file, columns: missing });
  }
  const placeOf = header
    ? (column: number) => first.indexOf(names[column] ?? '')
    : (column: number) => column;
  const encoder = new RowEncoder(reading);
  const rows: Float32Array[] = [];
  for await (const { cells, line } of readRecords(file, { ...dialect, header })) {
    const fitting = fitRow(cells, first.length);
    if (!fitting) throw new SourceError('csv-ragged', { line, found: cells.length, expected: first.length });
    const row = new Float32Array(encoder.width);
    encoder.writeFeatures(fitting, row, 0, placeOf);
    rows.push(row);
  }
  if (rows.length === 0) throw new SourceError('csv-empty');
  const data = new Float32Array(rows.length * encoder.width);
  for (const [index, row] of rows.entries()) data.set(row, index * encoder.width);
  return { shape: [rows.length, encoder.width], data };
}
