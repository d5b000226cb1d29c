import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatDuration,
  formatPercent,
  formatQuantity,
  formatValue,
} from '#renderer/ui/format.ts';
import { formatCount } from '#shared/i18n/formatCount.ts';

describe('format', () => {
  it('groups thousands with thin spaces and gives units', () => {
    expect(formatCount(18496)).toBe('18\u202f496');
    expect(formatCount(1_234_567)).toBe('1\u202f234\u202f567');
    expect(formatQuantity(28_901_376)).toBe('28.9\u202fM');
    expect(formatQuantity(1290)).toBe('1\u202f290');
    expect(formatQuantity(Number.POSITIVE_INFINITY)).toBe('∞');
    expect(formatBytes(200_704)).toBe('196\u202fKiB');
    expect(formatBytes(512)).toBe('512\u202fB');
    expect(formatBytes(1023)).toBe('1.00\u202fKiB');
    expect(formatPercent(0.98714)).toBe('98.71\u202f%');
  });

  it('writes durations and parameters as people do', () => {
    expect(formatDuration(41.4)).toBe('00:41');
    expect(formatDuration(3727)).toBe('1:02:07');
    expect(formatValue(0.001)).toBe('0.001');
    expect(formatValue(1e-8)).toBe('1e-8');
    expect(formatValue([3, 3])).toBe('3×3');
  });
});
