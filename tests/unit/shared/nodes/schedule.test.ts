import { describe, expect, it } from 'vitest';
import { optimizerSettings } from '#shared/nodes/optimizerSettings.ts';
import { turnAt } from '#shared/nodes/optimizerTurn.ts';
import { scheduleFactor, scheduleSchema } from '#shared/nodes/schedule.ts';

// The formulas themselves are held to PyTorch's in tests/parity.
describe('a schedule', () => {
  it.each(scheduleSchema.options)(
    '%s stays between 0 and 1 from the first step past the last',
    (schedule) => {
      for (const warmup of [0, 3, 100]) {
        for (const totalSteps of [1, 2, 50]) {
          for (let step = 0; step <= totalSteps + 3; step += 1) {
            const settings = optimizerSettings({ schedule, warmup });
            const factor = scheduleFactor(settings, { step, totalSteps, stepsPerEpoch: 10 });
            expect(factor).toBeGreaterThanOrEqual(0);
            expect(factor).toBeLessThanOrEqual(1);
          }
        }
      }
    },
  );

  it('rises in even steps while it warms up, and begins after that', () => {
    const settings = optimizerSettings({ schedule: 'linear', warmup: 4, finalFactor: 0.5 });
    const factors = Array.from({ length: 9 }, (_, step) =>
      scheduleFactor(settings, { step, totalSteps: 8, stepsPerEpoch: 4 }),
    );
    expect(factors).toEqual([0.25, 0.5, 0.75, 1, 1, 0.875, 0.75, 0.625, 0.5]);
  });
});

describe('an optimiser’s turn', () => {
  const course = (
    every: number,
    accumulate: number,
    steps: number,
    part: { after?: number; until?: number } = {},
  ) =>
    Array.from({ length: steps }, (_, step) => {
      const { kind, update } = turnAt(step, { every, accumulate, after: 0, until: 0, ...part });
      return kind === 'none' ? '–' : `${kind === 'update' ? 'U' : 'a'}${update}`;
    }).join(' ');

  it('comes every so many steps, and every so many turns update', () => {
    expect(course(1, 1, 3)).toBe('U1 U2 U3');
    expect(course(5, 1, 11)).toBe('– – – – U1 – – – – U2 –');
    expect(course(1, 3, 7)).toBe('a1 a1 U1 a2 a2 U2 a3');
    expect(course(2, 2, 8)).toBe('– a1 – U1 – a2 – U2');
  });

  it('comes only in its part of the training, and is counted from there', () => {
    expect(course(1, 1, 6, { until: 2 })).toBe('U1 U2 – – – –');
    expect(course(1, 1, 6, { after: 2 })).toBe('– – U1 U2 U3 U4');
    expect(course(2, 1, 7, { after: 1, until: 5 })).toBe('– – U1 – U2 – –');
  });
});

it('node ids may be typed', () => {
  expect(optimizerSettings({ scope: 'encoder, decoder/2;head' }).scope).toEqual([
    'encoder',
    'decoder/2',
    'head',
  ]);
  expect(optimizerSettings({ scope: ['a'] }).scope).toEqual(['a']);
  expect(optimizerSettings({ scope: '' }).scope).toEqual([]);
});
