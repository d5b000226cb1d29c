import { describe, expect, it } from 'vitest';
import { averagePrecision, rocArea } from '#shared/nodes/curves.ts';
import { sumKey, sumList } from '#shared/nodes/metricSums.ts';

describe('rocArea', () => {
  it('is one in perfect order, none in reversed, and a half for equal scores', () => {
    expect(rocArea([0, 0, 4], [3, 2, 0])).toBe(1);
    expect(rocArea([4, 0, 0], [0, 3, 2])).toBe(0);
    expect(rocArea([0, 5, 0], [0, 7, 0])).toBe(0.5);
    expect(rocArea([1, 2], [0, 0])).toBe(0.5);
  });

  it('counts the pairs in the right order', () => {
    // Scores of yes 1, 3 and of no 0, 2: three of four pairs are in order.
    expect(rocArea([0, 1, 0, 1], [1, 0, 1, 0])).toBe(0.75);
  });
});

describe('averagePrecision', () => {
  it('is the mean precision at the hits, over all that there is to find', () => {
    // Best first: hit, miss, hit; one of three never found.
    expect(averagePrecision([1, 0, 1], [0, 1, 0], 3)).toBeCloseTo((1 + 2 / 3) / 3, 12);
    expect(averagePrecision([0, 0, 2], [5, 0, 0], 2)).toBe(1);
    expect(averagePrecision([], [], 0)).toBe(0);
  });
});

describe('sumList', () => {
  it('gives back a list, also one of one place', () => {
    expect(sumList({ [sumKey('hits', 0)]: 3, [sumKey('hits', 1)]: 4, misses: 1 }, 'hits')).toEqual([3, 4]);
    expect(sumList({ hits: 2 }, 'hits')).toEqual([2]);
    expect(sumList({}, 'hits')).toEqual([]);
  });
});
