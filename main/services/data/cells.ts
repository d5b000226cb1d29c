/** Cells that stand for nothing, in lower case: those of pandas, R and spreadsheets. */
const missingWords = new Set([
  '',
  'na',
  'n/a',
  '#n/a',
  'nan',
  'null',
  'none',
  'nil',
  '?',
  '-',
  '–',
  '.',
  'missing',
]);

export const isMissing = (cell: string): boolean =>
  cell.length <= 7 && missingWords.has(cell.trim().toLowerCase());

const withPoint = /^[-+−]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
const withComma = /^[-+−]?(?:\d+,?\d*|,\d+)(?:e[-+]?\d+)?$/i;
const notFinite = /^[-+−]?inf(?:inity)?$/i;

export type DecimalSign = 'point' | 'comma';

/** The number that a cell says: NaN where it says none, infinite where it says so or is too large. */
export function parseNumber(cell: string, decimal: DecimalSign): number {
  const text = cell.trim();
  if ((decimal === 'comma' ? withComma : withPoint).test(text)) {
    // In single precision, which is what a network computes in.
    const value = Number(text.replace('−', '-').replace(',', '.'));
    return Number.isFinite(Math.fround(value)) ? value : Math.sign(value) * Number.POSITIVE_INFINITY;
  }
  if (notFinite.test(text)) return /^[-−]/.test(text) ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number.NaN;
}

const isoDate =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const slashDate = /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/;
const dottedDate = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

/** Days since 1970 of a date written year first, or with points day first; NaN for anything else. */
export function parseDate(cell: string): number {
  const text = cell.trim();
  const iso = isoDate.exec(text) ?? slashDate.exec(text);
  if (iso) return days(iso[1], iso[2], iso[3], iso[4], iso[5], iso[6]);
  const dotted = dottedDate.exec(text);
  return dotted ? days(dotted[3], dotted[2], dotted[1]) : Number.NaN;
}

function days(year = '', month = '', day = '', hour = '0', minute = '0', second = '0'): number {
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // The 31st of April would be the 1st of May.
  if (at.getUTCMonth() !== Number(month) - 1 || at.getUTCDate() !== Number(day)) return Number.NaN;
  return at.getTime() / 86_400_000 + (Number(hour) + Number(minute) / 60 + Number(second) / 3600) / 24;
}
