import { describe, expect, it } from 'vitest';
import { forecastStep, stepWork } from '#shared/compile/stepWork.ts';

const conv = { parameterCount: 1000, flops: 1e6, activationBytes: 1e4 };

describe('work of a training step', () => {
  it('grows with the batch, but for what is done once per step', () => {
    const once = 2 * stepWork(conv, 1) - stepWork(conv, 2);
    expect(once).toBeGreaterThan(0);
    expect(stepWork({ ...conv, parameterCount: 0 }, 64)).toBe(
      64 * stepWork({ ...conv, parameterCount: 0 }, 1),
    );
  });
});

describe('forecast of a step', () => {
  const measured = [
    { work: 1e6, milliseconds: 2 },
    { work: 1e8, milliseconds: 20 },
  ];
  it('is what was measured, where that was measured', () => {
    for (const { work, milliseconds } of measured)
      expect(forecastStep(measured, work)).toBeCloseTo(milliseconds, 9);
  });
  it('lies between the nearest, and grows with the work beyond the largest', () => {
    expect(forecastStep(measured, 1e7)).toBeCloseTo(Math.sqrt(40), 9);
    expect(forecastStep(measured, 1e9)).toBeCloseTo(200, 9);
    // A small step is not faster by all that it does less.
    expect(forecastStep(measured, 1e4)).toBeCloseTo(0.2, 9);
  });
  it('is not made up', () => {
    expect(forecastStep([], 1e6)).toBeNull();
    expect(forecastStep(measured, 0)).toBeNull();
    // A net for iris says nothing of one for pictures.
    expect(forecastStep(measured, 1e11)).toBeNull();
    expect(forecastStep([{ work: 0, milliseconds: 1 }], 1)).toBeNull();
  });
});
