import { describe, expect, it } from 'vitest';
import { createRunSeries, PointColumns, pushPoints } from '#renderer/stores/metricSeries.ts';
import type { MetricPoint } from '#shared/protocol/run.ts';

const point = (
  step: number,
  metrics: Record<string, number>,
  rest: Partial<MetricPoint> = {},
): MetricPoint => ({
  split: 'train',
  step,
  epoch: step / 100,
  time: step / 10,
  whole: false,
  metrics,
  ...rest,
});

describe('PointColumns', () => {
  it('keeps columns aligned when a metric comes later or is left out', () => {
    const columns = new PointColumns();
    columns.push(point(1, { loss: 3 }));
    columns.push(point(2, { loss: 2, accuracy: 0.5 }));
    columns.push(point(3, { loss: 1 }));
    expect([...(columns.values.get('accuracy')?.subarray(0, 3) ?? [])]).toEqual([
      Number.NaN,
      0.5,
      Number.NaN,
    ]);
    expect(columns.last('loss')).toBe(1);
    expect(columns.last('accuracy')).toBeUndefined();
  });

  it('lets a resumed run write its steps again', () => {
    const columns = new PointColumns();
    for (let step = 1; step <= 10; step++) columns.push(point(step, { loss: step }));
    columns.push(point(6, { loss: 60 }));
    expect(columns.length).toBe(6);
    expect(columns.last('loss')).toBe(60);
  });

  it('thins a long run evenly in place of growing without end', () => {
    const columns = new PointColumns();
    for (let step = 1; step <= 100_000; step++) columns.push(point(step, { loss: step }));
    expect(columns.length).toBeLessThanOrEqual(32_768);
    expect(columns.last('loss')).toBe(100_000);
    for (let at = 1; at < columns.length; at++) {
      expect((columns.step[at] ?? 0) > (columns.step[at - 1] ?? 0)).toBe(true);
    }
    expect(columns.values.get('loss')?.[1000]).toBe(columns.step[1000]);
  });
});

describe('pushPoints', () => {
  it('sorts points by split, and whole epochs apart from steps', () => {
    const series = createRunSeries();
    pushPoints(series, [
      point(1, { loss: 1 }),
      point(2, { loss: 2 }, { whole: true }),
      point(2, { loss: 3 }, { split: 'validation', whole: true }),
      point(2, { loss: 4 }, { split: 'test', whole: true }),
    ]);
    expect(series.train.last('loss')).toBe(1);
    expect(series.trainEpochs.last('loss')).toBe(2);
    expect(series.validation.last('loss')).toBe(3);
    expect(series.test.last('loss')).toBe(4);
  });
});
