import { describe, expect, it } from 'vitest';
import { LearningRates } from '#main/engine/train/learningRates.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { template } from '../../../shared/networks.ts';

function ratesOf(params: GraphDocument['nodes'][number]['params'], saved?: Record<string, number>) {
  const document = structuredClone(template('mlp-mnist'));
  const adam = document.nodes.find(({ kind }) => kind === 'adam');
  if (!adam) throw new Error('no optimiser');
  adam.params = { learningRate: 0.01, ...params };
  const plan = createPlan(document);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  const rates = new LearningRates(plan.value, { stepsPerEpoch: 10, totalSteps: 100 }, saved);
  return { rates, id: adam.id, at: (step: number) => rates.at(step)[adam.id] };
}

describe('the learning rate', () => {
  it('is what was set, times the schedule', () => {
    const { at } = ratesOf({ schedule: 'linear', finalFactor: 0 });
    expect(at(0)).toBe(0.01);
    expect(at(50)).toBeCloseTo(0.005, 12);
  });

  it('goes over the optimiser’s own part of the training', () => {
    const { at } = ratesOf({ schedule: 'linear', finalFactor: 0, after: 20, until: 60 });
    expect(at(20)).toBe(0.01);
    expect(at(40)).toBeCloseTo(0.005, 12);
    expect(at(60)).toBeCloseTo(0, 12);
  });

  it('becomes what it is set to at once, and its schedule goes on from there', () => {
    const { rates, id, at } = ratesOf({ schedule: 'linear', finalFactor: 0 });
    rates.set(id, 0.02, 50);
    expect(at(50)).toBeCloseTo(0.02, 12);
    expect(at(75)).toBeCloseTo(0.01, 12);
  });

  it('is the same after a resume', () => {
    const first = ratesOf({ schedule: 'cosine' });
    first.rates.set(first.id, 0.5, 20);
    const second = ratesOf({ schedule: 'cosine' }, first.rates.base);
    for (const step of [20, 21, 60, 99]) expect(second.at(step)).toBe(first.at(step));
  });
});
