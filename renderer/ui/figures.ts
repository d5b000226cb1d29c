import { formatCount } from '#shared/i18n/formatCount.ts';
import { i18n } from '../i18n/i18n.ts';

/** Figures of any size: four decimals, whole numbers from a thousand, powers of ten where very small or large. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e9)) return value.toExponential(2).replace('-', '−');
  if (size >= 1000) return formatCount(value).replace('-', '−');
  return value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 4).replace('-', '−');
}

/** `3.5e-4`, `0.05`: as learning rates are written. */
export function formatRate(value: number): string {
  const short = Number(value.toPrecision(3));
  return short >= 0.01 ? String(short) : short.toExponential();
}

/** The window's language, in the way of the reader's country where the browser names it. */
function dateLocale(): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === i18n.language) ?? i18n.language;
}

/** `23 Nov 2026, 19:44` in the reader's language and time zone. */
export function formatMoment(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleString(dateLocale(), {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
      });
}
