import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { type Dialect, LONGEST_RECORD } from './dialect.ts';
import { SourceError } from './sourceError.ts';

export interface RecordOptions {
  readonly signal?: AbortSignal | undefined;
  /** Sees the bytes of the file as they are read. */
  onBytes?(bytes: Uint8Array): void;
}

export interface TableRecord {
  readonly cells: readonly string[];
  /** Counted from 1. */
  readonly line: number;
}

/** Rows with more cells than this are no table. */
const WIDEST_TABLE = 10_000;

/** The rows of a table one after the other, without its header. Never holds more than a piece of the file. */
export async function* readRecords(
  path: string,
  { encoding, delimiter, quote, header }: Dialect,
  { signal, onBytes }: RecordOptions = {},
): AsyncGenerator<TableRecord> {
  const decoder = new TextDecoder(encoding);
  let endOfLast = 0;
  const parser = parse({
    bom: true,
    delimiter,
    quote,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
    on_record: (record, { lines }) => {
      endOfLast = lines;
      return record;
    },
  });
  const file = createReadStream(path, { highWaterMark: 256 * 1024, ...(signal && { signal }) });
  const fail = (error: Error): void => {
    parser.destroy(error);
  };
  file.on('error', fail);
  file.on('data', (bytes: Buffer | string) => {
    const piece = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    onBytes?.(piece);
    if (!parser.write(decoder.decode(piece, { stream: true }))) file.pause();
  });
  parser.on('drain', () => file.resume());
  file.on('end', () => parser.end(decoder.decode()));
  try {
    let first = header;
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (record.length > WIDEST_TABLE) {
        throw new SourceError('csv-too-wide', {
          line: info.lines,
          columns: record.length,
          limit: WIDEST_TABLE,
        });
      }
      if (first) first = false;
      else yield { cells: record, line: info.lines };
    }
  } catch (error) {
    throw error instanceof CsvError ? malformed(error, endOfLast + 1) : error;
  } finally {
    file.destroy();
    parser.destroy();
  }
}

/** `line`: where the row begins that cannot be read; of a quote that is left open the error tells only the end. */
function malformed(error: CsvError, line: number): SourceError {
  const reason =
    error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'quote' : error.code === 'CSV_MAX_RECORD_SIZE' ? 'long' : 'other';
  return new SourceError('csv-malformed', {
    line,
    reason,
    detail: error.message,
  });
}

/** The first row of a table, whether or not it is a header. */
export async function firstRecord(path: string, dialect: Dialect): Promise<readonly string[]> {
  for await (const { cells } of readRecords(path, { ...dialect, header: false })) return cells;
  throw new SourceError('csv-empty');
}
