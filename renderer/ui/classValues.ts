import type { ClassValues } from '#shared/protocol/run.ts';
import { formatFigure } from './figures.ts';

/** Index of the largest value. */
export function argMax(values: readonly number[]): number {
  return values.reduce((best, value, at) => (value > (values[best] ?? -Infinity) ? at : best), 0);
}

/** How long the bar of a class is, 0 to 1: its probability, or where its score lies among the others. */
export function classPart(values: readonly number[], kind: ClassValues): (value: number) => number {
  if (kind === 'probabilities') return (value) => value;
  const low = Math.min(...values);
  const range = Math.max(...values) - low;
  return (value) => (range > 0 ? (value - low) / range : 0);
}

/** A probability with a fixed number of decimals; a score as any other figure. */
export function formatClassValue(value: number, kind: ClassValues, digits = 2): string {
  return kind === 'probabilities' ? value.toFixed(digits) : formatFigure(value);
}
