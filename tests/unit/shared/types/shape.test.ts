import { describe, expect, it } from 'vitest';
import { formatShape, formatType } from '#shared/types/portType.ts';
import {
  dimProduct,
  foldSteps,
  normalizeAxis,
  rowsPerSample,
  sameShape,
  sampleSize,
  windowPositions,
} from '#shared/types/shape.ts';

describe('shapes', () => {
  it('agree by number and by symbol', () => {
    expect(sameShape(['B', 3], ['B', 3])).toBe(true);
    expect(sameShape(['B', 3], ['T', 3])).toBe(false);
    expect(sameShape(['B', 3], ['B', 3, 1])).toBe(false);
    expect(sameShape(['B'], [4])).toBe(false);
  });

  it('multiply where they are known', () => {
    expect(dimProduct([2, 3, 4])).toBe(24);
    expect(dimProduct([])).toBe(1);
    expect(dimProduct(['B', 3])).toBeUndefined();
    expect(sampleSize(['B', 28, 28, 1])).toBe(784);
    expect(sampleSize(['B', 'T', 3])).toBeUndefined();
  });

  it('stand one step after the other in the batch', () => {
    expect(foldSteps(2, 5)).toBe(10);
    expect(foldSteps('B', 5)).toBe('B·5');
    expect(rowsPerSample(foldSteps(foldSteps('B', 5), 3))).toBe(15);
    expect(rowsPerSample(foldSteps('B', 'T'))).toBe(1);
    expect([rowsPerSample('B'), rowsPerSample(7), rowsPerSample(undefined)]).toEqual([1, 1, 1]);
  });

  it.each([
    [28, 3, 1, 'same', 28],
    [28, 3, 1, 'valid', 26],
    [7, 2, 2, 'same', 4],
    [7, 2, 2, 'valid', 3],
    [5, 5, 3, 'valid', 1],
    [4, 5, 1, 'valid', 0],
  ] as const)('window: %i with %i by %i, %s, gives %i', (size, window, stride, padding, expected) => {
    expect(windowPositions(size, window, stride, padding)).toBe(expected);
  });

  it('count axes from either end', () => {
    expect(normalizeAxis(-1, 4)).toBe(3);
    expect(normalizeAxis(2, 4)).toBe(2);
  });

  it('print as people write them', () => {
    expect(formatShape(['B', 28, 28, 1])).toBe('B×28×28×1');
    expect(formatShape([])).toBe('scalar');
    expect(formatType({ type: 'loss' })).toBe('loss');
  });
});
