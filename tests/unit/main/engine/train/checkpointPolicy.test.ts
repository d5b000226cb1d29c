import { describe, expect, it } from 'vitest';
import { CheckpointPolicy } from '#main/engine/train/checkpointPolicy.ts';
import { trainingSchema } from '#shared/graph/document.ts';

const policy = (checkpoints?: Record<string, unknown>, stopEarly = false) =>
  new CheckpointPolicy(trainingSchema.parse({ checkpoints, earlyStopping: { enabled: stopEarly } }));

describe('a run is saved', () => {
  it('every minute and after every epoch where nothing else is set', () => {
    expect(policy().afterStep(1000, 59_000)).toBe(false);
    expect(policy().afterStep(1001, 60_000)).toBe(true);
    expect(policy().afterEpoch(1, false)).toBe(true);
    expect(policy().keep).toBe(3);
  });

  it('every so many steps, epochs and minutes, each of which can be switched off', () => {
    const steps = policy({ everySteps: 100, everyMinutes: 0, everyEpochs: 3, best: false });
    expect([99, 100, 101, 200].map((step) => steps.afterStep(step, 1e9))).toEqual([false, true, false, true]);
    expect([1, 2, 3, 4].map((epoch) => steps.afterEpoch(epoch, true))).toEqual([false, false, true, false]);
  });

  it('at the best figure, which early stopping cannot do without', () => {
    const seldom = { everyEpochs: 0, best: true };
    expect(policy(seldom).afterEpoch(1, true)).toBe(true);
    expect(policy(seldom).afterEpoch(1, false)).toBe(false);
    expect(policy({ ...seldom, best: false }).afterEpoch(1, true)).toBe(false);
    expect(policy({ ...seldom, best: false }, true).afterEpoch(1, true)).toBe(true);
  });
});
