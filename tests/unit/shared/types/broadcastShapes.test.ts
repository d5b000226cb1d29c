import { describe, expect, it } from 'vitest';
import { broadcastShapes } from '#shared/types/shape.ts';

describe('broadcastShapes', () => {
  it('stretches sizes of one and missing leading axes', () => {
    expect(broadcastShapes(['B', 3, 4], [4])).toEqual(['B', 3, 4]);
    expect(broadcastShapes([2, 1, 4], [3, 1])).toEqual([2, 3, 4]);
    expect(broadcastShapes([], [5])).toEqual([5]);
    expect(broadcastShapes(['B', 1], ['B', 7])).toEqual(['B', 7]);
  });

  it('refuses sizes and symbols that differ', () => {
    expect(broadcastShapes([2, 3], [3, 2])).toBeUndefined();
    expect(broadcastShapes(['B', 3], [2, 3])).toBeUndefined();
  });
});
