import { describe, expect, it } from 'vitest';
import { smooth } from '#renderer/dock/training/smoothing.ts';

const rounded = (values: Float64Array): number[] => [...values].map((value) => Number(value.toFixed(6)));

describe('smooth', () => {
  it('is the bias-corrected moving average, computed by hand', () => {
    // m1 = 0.5·1 = 0.5, /0.5 = 1; m2 = 0.25 + 0.5·2 = 1.25, /0.75 = 5/3; m3 = 0.625 + 2 = 2.625, /0.875 = 3.
    expect(rounded(smooth([1, 2, 4], 3, 0.5))).toEqual([1, 1.666667, 3]);
  });

  it('keeps the values at weight 0 and a constant at any weight', () => {
    expect([...smooth([3, 1, 2], 3, 0)]).toEqual([3, 1, 2]);
    expect(rounded(smooth([2, 2, 2, 2], 4, 0.99))).toEqual([2, 2, 2, 2]);
  });

  it('passes over gaps without letting them weigh', () => {
    const out = smooth([1, Number.NaN, 2], 3, 0.5);
    expect(out[1]).toBeNaN();
    expect(out[2]).toBeCloseTo(5 / 3, 12);
  });

  it('reads no further than the length it is given', () => {
    expect([...smooth(Float64Array.of(1, 1, 99), 2, 0.5)]).toEqual([1, 1]);
  });
});
