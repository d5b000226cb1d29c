import type { MetricPoint } from '#shared/protocol/run.ts';

/** Points kept per curve before every second one is dropped. */
const CAPACITY = 32_768;

/**
 * The points of one curve family in growing typed columns, as uPlot reads them. Only the first
 * `length` entries count. When full, every second point goes, so memory stays bounded and the
 * whole run stays visible.
 */
export class PointColumns {
  length = 0;
  step = new Float64Array(256);
  epoch = new Float64Array(256);
  time = new Float64Array(256);
  /** By metric key (`loss`, `accuracy`, …); NaN where a point lacks the metric. */
  readonly values = new Map<string, Float64Array>();
  /** Steps are written once: a resumed run repeats those after its checkpoint, and the newer ones win. */
  push(point: MetricPoint): void {
    while (this.length > 0 && (this.step[this.length - 1] ?? 0) >= point.step) this.length--;
    if (this.length === CAPACITY) this.#thin();
    if (this.length === this.step.length) this.#grow();
    const at = this.length++;
    this.step[at] = point.step;
    this.epoch[at] = point.epoch;
    this.time[at] = point.time;
    for (const key of Object.keys(point.metrics)) {
      if (!this.values.has(key)) this.values.set(key, new Float64Array(this.step.length).fill(Number.NaN));
    }
    for (const [key, column] of this.values) column[at] = point.metrics[key] ?? Number.NaN;
  }

  /** The newest value of a metric; undefined before the first. */
  last(key: string): number | undefined {
    const value = this.length > 0 ? this.values.get(key)?.[this.length - 1] : undefined;
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }

  #eachColumn(change: (column: Float64Array<ArrayBuffer>) => Float64Array<ArrayBuffer>): void {
    this.step = change(this.step);
    this.epoch = change(this.epoch);
    this.time = change(this.time);
    for (const [key, column] of this.values)
      this.values.set(key, change(column as Float64Array<ArrayBuffer>));
  }

  #grow(): void {
    this.#eachColumn((column) => {
      const larger = new Float64Array(Math.min(column.length * 2, CAPACITY)).fill(Number.NaN);
      larger.set(column);
      return larger;
    });
  }

  #thin(): void {
    this.#eachColumn((column) => {
      for (let at = 0; at < CAPACITY / 2; at++) column[at] = column[2 * at + 1] ?? Number.NaN;
      return column;
    });
    this.length = CAPACITY / 2;
  }
}

/** Every curve of a run. */
export interface RunSeries {
  /** Means over the steps since the point before. */
  readonly train: PointColumns;
  /** Figures over whole training epochs. */
  readonly trainEpochs: PointColumns;
  readonly validation: PointColumns;
  readonly test: PointColumns;
}

export function createRunSeries(): RunSeries {
  return {
    train: new PointColumns(),
    trainEpochs: new PointColumns(),
    validation: new PointColumns(),
    test: new PointColumns(),
  };
}

export function pushPoints(series: RunSeries, points: readonly MetricPoint[]): void {
  for (const point of points) {
    if (point.split === 'train') (point.whole ? series.trainEpochs : series.train).push(point);
    else series[point.split].push(point);
  }
}
