import { describe, expect, it } from 'vitest';
import { curveRows, nearest, newest } from '#renderer/dock/training/curveData.ts';
import { createRunSeries, pushPoints, type RunSeries } from '#renderer/stores/metricSeries.ts';
import type { MetricPoint } from '#shared/protocol/run.ts';

function point(split: MetricPoint['split'], step: number, loss: number): MetricPoint {
  return {
    split,
    step,
    epoch: step / 10,
    time: step / 100,
    whole: split !== 'train',
    metrics: { loss },
  };
}

function series(...points: MetricPoint[]): RunSeries {
  const made = createRunSeries();
  pushPoints(made, points);
  return made;
}

describe('curveRows', () => {
  const sample = series(
    point('train', 5, 4),
    point('train', 10, 2),
    point('validation', 10, 3),
    point('train', 15, 1),
    point('validation', 20, 2.5),
  );

  it('merges both splits in the order of the axis, each in its own row', () => {
    expect(curveRows(sample, 'loss', 'step', 0)).toEqual([
      [5, 10, 10, 15, 20],
      [4, 2, null, 1, null],
      [4, 2, null, 1, null],
      [null, null, 3, null, 2.5],
    ]);
  });

  it('counts epochs or seconds along the same points', () => {
    expect(curveRows(sample, 'loss', 'epoch', 0)[0]).toEqual([0.5, 1, 1, 1.5, 2]);
    expect(curveRows(sample, 'loss', 'time', 0)[0]).toEqual([0.05, 0.1, 0.1, 0.15, 0.2]);
  });

  it('is empty for a metric that the run does not have', () => {
    expect(curveRows(sample, 'accuracy', 'step', 0.5)).toEqual([[], [], [], []]);
  });

  it('thins many points, keeps the last, and smooths over all of them', () => {
    const many = series(...Array.from({ length: 101 }, (_, at) => point('train', at + 1, at)));
    const all = curveRows(many, 'loss', 'step', 0.9);
    const few = curveRows(many, 'loss', 'step', 0.9, 10);
    expect(few[0].length).toBeLessThanOrEqual(11);
    expect(few[0].at(-1)).toBe(101);
    expect(newest(few[2])).toBe(newest(all[2]));
  });
});

describe('newest', () => {
  it('is the last value there is', () => {
    expect(newest([1, 2, null])).toBe(2);
    expect(newest([null])).toBeNull();
    expect(newest([])).toBeNull();
  });
});

describe('nearest', () => {
  const xs = [0, 1, 2, 10];
  it('takes the closer of the neighbours that have a value', () => {
    expect(nearest(xs, [5, null, null, 6], 1)).toBe(5);
    expect(nearest(xs, [5, null, null, 6], 3)).toBe(6);
    expect(nearest(xs, [null, null, null, 6], 0)).toBe(6);
    expect(nearest(xs, [5, null, null, null], 3)).toBe(5);
    expect(nearest(xs, [null, null, null, null], 2)).toBeNull();
  });
});
