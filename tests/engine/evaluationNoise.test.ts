import { beforeAll, describe, expect, it } from 'vitest';
import { answerSplit } from '#main/engine/probe/evaluateRun.ts';
import type { Batch, Runtime, Session } from '#main/engine/runtime.ts';
import { createCpuRuntime } from '#main/engine/runtimes/eager/cpuRuntime.ts';
import { evaluateSplit } from '#main/engine/train/evaluateSplit.ts';
import { metricKeys } from '#main/engine/train/metricTotals.ts';
import { SessionLock } from '#main/engine/train/sessionLock.ts';
import { nativeRuntime, planOf, ratesOf, startSession } from './traceSupport.ts';
import { fewToMeasure } from './trainSupport.ts';

let native: Runtime;
beforeAll(async () => {
  native = await nativeRuntime();
});
const runtimeOf = (rung: string): Runtime => (rung === 'native' ? native : createCpuRuntime([]));

/** Learns to make images of noise. */
const plan = planOf([
  { id: 'data', kind: 'mnist' },
  { id: 'noise', kind: 'noise', params: { size: 3 }, inputs: { like: 'data.label' } },
  { id: 'made', kind: 'dense', params: { units: 784 }, inputs: { x: 'noise.y' } },
  { id: 'image', kind: 'reshape', params: { shape: [28, 28, 1] }, inputs: { x: 'made.y' } },
  { id: 'loss', kind: 'mean-squared-error', inputs: { prediction: 'image.y', target: 'data.image' } },
  { id: 'adam', kind: 'adam', inputs: { loss: 'loss.loss' } },
]);

/** Nothing is to be made: the loss is of the noise alone. */
function blank(size: number): Batch {
  const image = { shape: [size, 28, 28, 1], dtype: 'float32' as const, data: new Float32Array(size * 784) };
  const label = { shape: [size], dtype: 'int32' as const, data: new Int32Array(size) };
  return { size, values: { 'data.image': image, 'data.label': label } };
}

const lossAt = async (session: Session, place: number): Promise<number> =>
  (await session.evaluateStep(blank(8), place)).loss;

describe.each(['native', 'cpu'])('noise in an evaluation (%s)', (rung) => {
  it('is another in each batch, and the same again at any step', async () => {
    const session = await startSession(runtimeOf(rung), plan);
    const losses = [await lossAt(session, 0), await lossAt(session, 1), await lossAt(session, 2)];
    expect(new Set(losses).size).toBe(3);
    await session.writeState({ ...(await session.readState()), step: 100 });
    expect([await lossAt(session, 0), await lossAt(session, 1), await lossAt(session, 2)]).toEqual(losses);
    session.dispose();
  });

  it('is none that training has drawn', async () => {
    const session = await startSession(runtimeOf(rung), plan);
    const evaluated = [await lossAt(session, 0), await lossAt(session, 1), await lossAt(session, 2)];
    for (let step = 0; step < 3; step += 1) {
      // Without a rate the weights stay, and only the noise can make a difference.
      const { loss } = await session.trainStep(blank(8), { adam: 0 });
      for (const other of evaluated) expect(Math.abs(loss - other)).toBeGreaterThan(1e-6);
    }
    session.dispose();
  });

  it('depends on the run’s seed', async () => {
    const weights = (await startSession(runtimeOf(rung), plan)).readState();
    const other = await startSession(runtimeOf(rung), plan, 2);
    const first = await startSession(runtimeOf(rung), plan);
    await other.writeState(await weights);
    expect(await lossAt(other, 0)).not.toBe(await lossAt(first, 0));
    other.dispose();
    first.dispose();
  });

  it('leaves training as it is', async () => {
    const states = [];
    for (const evaluates of [false, true]) {
      const session = await startSession(runtimeOf(rung), plan);
      for (let step = 0; step < 4; step += 1) {
        await session.trainStep(blank(8), ratesOf(plan));
        if (evaluates) await lossAt(session, step);
      }
      states.push(await session.readState());
      session.dispose();
    }
    expect(states[1]).toEqual(states[0]);
  });

  it('is that of the answers beside the figures', async () => {
    const session = await startSession(runtimeOf(rung), plan);
    const { loss: answers } = await session.predict(blank(8), 1);
    const squares = Array.from(answers?.data ?? []).reduce((sum, value) => sum + value * value, 0);
    expect(squares / (8 * 784)).toBeCloseTo(await lossAt(session, 1), 6);
    session.dispose();
  });
});

it('a whole split is measured with noise of its own in each batch, twice alike', async () => {
  const session = await startSession(native, plan);
  const data = await fewToMeasure(plan);
  const split = { session, data, split: 'test', keys: metricKeys(plan) } as const;
  const metrics = await evaluateSplit(split);
  expect(await evaluateSplit(split)).toEqual(metrics);
  const losses: number[] = [];
  for (const place of [0, 1]) {
    const batch = await data.gather({ split: 'test', indices: null, start: 250 * place, size: 250 });
    losses.push((await session.evaluateStep(batch, place)).loss);
    expect((await session.evaluateStep(batch, 1 - place)).loss).not.toBe(losses[place]);
  }
  expect(metrics?.loss).toBeCloseTo(((losses[0] ?? 0) + (losses[1] ?? 0)) / 2, 9);
  const model = { runId: 'test', plan, openData: async () => data, session, lock: new SessionLock() };
  expect((await answerSplit(model, 'test')).metrics).toEqual(metrics);
  session.dispose();
});
