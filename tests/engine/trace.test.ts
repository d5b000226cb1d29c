import { describe, expect, it } from 'vitest';
import { cnnPlan, imageBatch, mlpPlan, nativeRuntime, ratesOf, startSession } from './traceSupport.ts';

describe.each([
  ['MLP', mlpPlan()],
  ['CNN', cnnPlan()],
])('a traced %s', (_, plan) => {
  it('learns a batch', async () => {
    const session = await startSession(await nativeRuntime(), plan);
    const batch = imageBatch(64);
    const losses: number[] = [];
    for (let i = 0; i < 30; i += 1) losses.push((await session.trainStep(batch, ratesOf(plan))).loss);
    console.log(losses.join(' '));
    const t = performance.now();
    for (let i = 0; i < 100; i += 1) await session.trainStep(batch, ratesOf(plan));
    console.log('ms/step', (performance.now() - t) / 100);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    const result = await session.evaluateStep(batch);
    expect(result.sums.accuracy?.count).toBe(64);
    const answer = await session.predict(batch);
    expect(answer.loss?.shape).toEqual([64, 10]);
    session.dispose();
  });
});
