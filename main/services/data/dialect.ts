import { open } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type DecimalSign, isMissing, parseNumber } from './cells.ts';
import { SourceError } from './sourceError.ts';

/** How a file of a table is written. */
export const dialectSchema = z.object({
  encoding: z.enum(['utf-8', 'utf-16le', 'windows-1252']),
  delimiter: z.enum([',', ';', '\t', '|', ' ']),
  quote: z.enum(['"', "'"]).nullable(),
  header: z.boolean(),
  decimal: z.enum(['point', 'comma']),
});
export type Dialect = z.infer<typeof dialectSchema>;

/** What a person said about it; the rest is found out. */
export interface DialectWish {
  readonly delimiter: 'auto' | 'comma' | 'semicolon' | 'tab' | 'pipe' | 'space';
  readonly quote: 'auto' | 'double' | 'single' | 'none';
  readonly header: 'auto' | 'yes' | 'no';
}

const SAMPLE_BYTES = 256 * 1024;
/** A quote that is never closed would make one cell of a whole file. */
export const LONGEST_RECORD = 16 * 2 ** 20;

const delimiters = { comma: ',', semicolon: ';', tab: '\t', pipe: '|', space: ' ' } as const;
const quotes = { double: '"', single: "'", none: null } as const;

/** Looks at the beginning of a file. */
export async function findDialect(path: string, wish: DialectWish): Promise<Dialect> {
  const bytes = await beginning(path);
  if (bytes.length === 0) throw new SourceError('csv-empty');
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes('\0')) throw new SourceError('csv-not-text');
  if (text.trim() === '') throw new SourceError('csv-empty');
  // The last line may be cut off.
  const whole = bytes.length < SAMPLE_BYTES ? text : text.slice(0, Math.max(text.lastIndexOf('\n'), 1));
  const { delimiter, quote, rows } = findSeparators(whole, wish);
  const decimal = decimalOf(rows, delimiter);
  const header = wish.header === 'auto' ? looksLikeHeader(rows, decimal) : wish.header === 'yes';
  return { encoding, delimiter, quote, header, decimal };
}

async function beginning(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = new Uint8Array(SAMPLE_BYTES);
    const { bytesRead } = await file.read(bytes, 0, SAMPLE_BYTES, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** By the byte order mark, else UTF-8 where it is valid; what is left comes from old spreadsheets. */
function encodingOf(bytes: Uint8Array): Dialect['encoding'] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  try {
    // `stream` lets a character that the sample cuts in two pass.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

function findSeparators(text: string, wish: DialectWish) {
  const fits = (Object.keys(delimiters) as (keyof typeof delimiters)[])
    .filter((name) => wish.delimiter === 'auto' || wish.delimiter === name)
    .flatMap((name) => {
      const options = wish.quote === 'auto' ? likelyQuotes(text) : [quotes[wish.quote]];
      return options.map((quote) => ({ delimiter: delimiters[name], quote }));
    })
    .map((separators) => {
      const rows = readSample(text, separators.delimiter, separators.quote);
      const score = regularity(rows);
      // Words have spaces between them too: these are delimiters only where every row has as many.
      const words = separators.delimiter === ' ' && new Set(rows.map(({ length }) => length)).size > 1;
      return { ...separators, rows, score: words ? 0 : score };
    });
  // Of equals the first: comma before the others, double quotes before single ones.
  const best = fits.reduce((one, other) => (other.score > one.score + 1e-9 ? other : one));
  return best;
}

/** Single quotes only where a cell stands in them: elsewhere they are apostrophes. */
const likelyQuotes = (text: string) =>
  /(^|[,;\t|])\s*'[^'\n]*'\s*($|[,;\t|])/m.test(text) ? [quotes.double, quotes.single] : [quotes.double];

function readSample(text: string, delimiter: string, quote: string | null): string[][] {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      quote,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_RECORD,
      to: 500,
    });
  } catch {
    // A quote that is never closed: reading the whole file will say where.
    return quote === null ? [] : readSample(text, delimiter, null);
  }
}

/** How much a sample looks like a table: rows of one width, above one, without stray quotes. */
function regularity(rows: readonly string[][]): number {
  if (rows.length === 0) return -1;
  const widths = new Map<number, number>();
  for (const { length } of rows) widths.set(length, (widths.get(length) ?? 0) + 1);
  const [width, count] = [...widths].reduce((one, other) => (other[1] > one[1] ? other : one));
  if (width === 1) return 0;
  const quoted = rows.filter((row) => row.some((cell) => /^["'].*["']$/.test(cell.trim()))).length;
  return count / rows.length - 0.5 * (quoted / rows.length) + Math.min(width, 100) * 1e-4;
}

/** Numbers are written with commas where some are and none has a point. */
function decimalOf(rows: readonly string[][], delimiter: string): DecimalSign {
  if (delimiter === ',') return 'point';
  let points = 0;
  let commas = 0;
  for (const cell of rows.flat()) {
    if (/^[-+−]?\d+\.\d+$/.test(cell.trim())) points += 1;
    else if (/^[-+−]?\d+,\d+$/.test(cell.trim())) commas += 1;
  }
  return commas > points ? 'comma' : 'point';
}

/**
 * A first row of names: no number and no gap in it; and it differs from what is below, by being no number over
 * numbers, or by not coming again and having no name twice.
 */
function looksLikeHeader(rows: readonly string[][], decimal: DecimalSign): boolean {
  const [first, ...rest] = rows;
  if (!first) return false;
  const isNumber = (cell: string): boolean => !Number.isNaN(parseNumber(cell, decimal));
  if (first.some(isNumber)) return false;
  if (rest.length === 0) return true;
  if (first.filter((cell) => cell.trim() === '').length > 1) return false;
  const below = rest.slice(0, 200);
  const overNumbers = first.some((_, column) => {
    const cells = below.map((row) => row[column] ?? '').filter((cell) => !isMissing(cell));
    return cells.length > 0 && cells.filter(isNumber).length / cells.length > 0.5;
  });
  const twice = new Set(first).size < first.length;
  return overNumbers || (!twice && !first.some((name, column) => below.some((row) => row[column] === name)));
}
