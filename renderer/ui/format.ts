import { formatCount } from '#shared/i18n/formatCount.ts';

/** Numbers for people: tabular, narrow spaces that do not break between thousands, units always. */
const NARROW = '\u202f';

const METRIC = ['', 'k', 'M', 'G', 'T', 'P', 'E'] as const;

/** `28.9 M`; plain below ten thousand. */
export function formatQuantity(value: number): string {
  if (!Number.isFinite(value)) return '∞';
  if (Math.abs(value) < 10_000) return formatCount(value);
  const power = Math.min(Math.floor(Math.log10(Math.abs(value)) / 3), METRIC.length - 1);
  return `${(value / 1000 ** power).toPrecision(3)}${NARROW}${METRIC[power]}`;
}

const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** `196 KiB`. */
export function formatBytes(bytes: number): string {
  let power = 0;
  let value = bytes;
  while (value >= 1000 && power < BINARY.length - 1) {
    value /= 1024;
    power++;
  }
  const digits = power === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)}${NARROW}${BINARY[power]}`;
}

/** `00:41`, `1:02:07`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = `${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** `98.71 %` of a share in 0…1. */
export function formatPercent(share: number, digits = 2): string {
  return `${(share * 100).toFixed(digits)}${NARROW}%`;
}

/** Milliseconds with three significant digits: `1.90`, `0.187`, `41.2`. */
export function formatMilliseconds(value: number): string {
  return value >= 1000 ? formatCount(value) : value.toPrecision(3);
}

/** A parameter as people write it: `0.001`, `1e-8`, `3 × 3` for pairs. */
export function formatValue(value: unknown): string {
  if (typeof value === 'number') {
    const size = Math.abs(value);
    return size !== 0 && (size < 1e-4 || size >= 1e7) ? value.toExponential() : String(value);
  }
  if (Array.isArray(value)) return value.map(formatValue).join('×');
  return String(value);
}

/** How wide a text is, in letters: Chinese ones count twice. */
export const lettersOf = (text: string): number =>
  text.length + (text.match(/[\p{Script=Han}（）]/gu)?.length ?? 0);
