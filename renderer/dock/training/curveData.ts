import type { PointColumns, RunSeries } from '../../stores/metricSeries.ts';
import type { CurveAxis } from '../dockStore.ts';
import { smooth } from './smoothing.ts';

/** Rows for uPlot: x, train as measured, train smoothed, validation; null where a row has no value. */
export type CurveRows = [number[], (number | null)[], (number | null)[], (number | null)[]];

const clean = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

function keepEvery(columns: PointColumns, most: number): number {
  return Math.max(1, Math.ceil(columns.length / most));
}

/**
 * Train and validation points merged on one axis. Above `most` train points only every n-th is
 * drawn (the smoothed line has seen them all), since a chart has no more pixels to show them.
 */
export function curveRows(
  series: RunSeries,
  metric: string,
  axis: CurveAxis,
  smoothing: number,
  most = 4096,
): CurveRows {
  const rows: CurveRows = [[], [], [], []];
  const { train, validation } = series;
  const raw = train.values.get(metric);
  const held = validation.values.get(metric);
  const smoothed = raw ? smooth(raw, train.length, smoothing) : null;
  const every = keepEvery(train, most);
  let at = 0;
  const pushTrain = (index: number): void => {
    const value = clean(raw?.[index]);
    if (value === null || (index % every !== 0 && index !== train.length - 1)) return;
    rows[0].push(train[axis][index] ?? 0);
    rows[1].push(value);
    rows[2].push(clean(smoothed?.[index]));
    rows[3].push(null);
  };
  for (let index = 0; index < validation.length; index++) {
    const value = clean(held?.[index]);
    if (value === null) continue;
    const x = validation[axis][index] ?? 0;
    while (at < train.length && (train[axis][at] ?? 0) <= x) pushTrain(at++);
    rows[0].push(x);
    rows[1].push(null);
    rows[2].push(null);
    rows[3].push(value);
  }
  while (at < train.length) pushTrain(at++);
  return rows;
}

/** Newest value of a row; null before the first. */
export function newest(row: readonly (number | null)[]): number | null {
  for (let at = row.length - 1; at >= 0; at--) {
    const value = row[at];
    if (value !== null && value !== undefined) return value;
  }
  return null;
}

/** The value at the point of a row nearest to `index` that has one. */
export function nearest(
  xs: readonly number[],
  row: readonly (number | null)[],
  index: number,
): number | null {
  const x = xs[index] ?? 0;
  let left = index;
  let right = index;
  while (left >= 0 && row[left] === null) left--;
  while (right < row.length && row[right] === null) right++;
  const before = left >= 0 ? (row[left] ?? null) : null;
  const after = right < row.length ? (row[right] ?? null) : null;
  if (before === null) return after;
  if (after === null) return before;
  return x - (xs[left] ?? 0) <= (xs[right] ?? 0) - x ? before : after;
}
