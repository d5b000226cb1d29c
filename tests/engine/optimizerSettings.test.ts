import { beforeAll, describe, expect, it } from 'vitest';
import type { Runtime, Session, SessionState } from '#main/engine/runtime.ts';
import { createCpuRuntime } from '#main/engine/runtimes/eager/cpuRuntime.ts';
import { resultTensors } from '#main/engine/trace/variables.ts';
import { MetricTotals } from '#main/engine/train/metricTotals.ts';
import type { Plan } from '#shared/compile/plan.ts';
import { imageBatch, nativeRuntime, planOf, ratesOf, type Step, startSession } from './traceSupport.ts';

const runtimes: Record<string, Runtime> = {};
beforeAll(async () => {
  runtimes.native = await nativeRuntime();
  runtimes.cpu = createCpuRuntime();
});
const runtime = (name: string): Runtime => {
  const found = runtimes[name];
  if (!found) throw new Error(`no ${name}`);
  return found;
};

const batch = imageBatch(8);
const values = (state: SessionState, key: string): number[] => Array.from(state.tensors.get(key)?.data ?? []);

/** Two heads on one body, each with a loss; the optimisers are added. */
function twoHeads(optimizers: readonly Step[], frozen: readonly string[] = []): Plan {
  const steps: Step[] = [
    { id: 'data', kind: 'mnist' },
    { id: 'flatten', kind: 'flatten', inputs: { x: 'data.image' } },
    { id: 'body', kind: 'dense', params: { units: 6, activation: 'tanh' }, inputs: { x: 'flatten.y' } },
    { id: 'norm', kind: 'batch-normalization', inputs: { x: 'body.y' } },
    { id: 'left', kind: 'dense', params: { units: 10 }, inputs: { x: 'norm.y' } },
    { id: 'right', kind: 'dense', params: { units: 10 }, inputs: { x: 'norm.y' } },
    { id: 'lossA', kind: 'softmax-cross-entropy', inputs: { logits: 'left.y', labels: 'data.label' } },
    { id: 'lossB', kind: 'softmax-cross-entropy', inputs: { logits: 'right.y', labels: 'data.label' } },
    ...optimizers,
  ];
  return planOf(steps.map((step) => ({ ...step, frozen: frozen.includes(step.id) })));
}
const sgd = (id: string, loss: string, params: Record<string, unknown> = {}): Step => ({
  id,
  kind: 'sgd',
  params: { learningRate: 0.1, momentum: 0, ...params },
  inputs: { loss: `${loss}.loss` },
});

async function steps(session: Session, plan: Plan, count: number): Promise<SessionState[]> {
  const states = [await session.readState()];
  for (let step = 0; step < count; step += 1) {
    await session.trainStep(batch, ratesOf(plan));
    states.push(await session.readState());
  }
  return states;
}

/** Keys of what changed between two states. */
const changed = (before: SessionState | undefined, after: SessionState | undefined): string[] =>
  [...(after?.tensors.keys() ?? [])].filter(
    (key) => before && after && values(before, key).join() !== values(after, key).join(),
  );

describe.each(['native', 'cpu'])('on %s', (name) => {
  it('each optimiser trains its own nodes, in its turn; what no scope holds stays as it is', async () => {
    const plan = twoHeads([
      sgd('later', 'lossB', { order: 2, every: 3, scope: ['right'] }),
      sgd('first', 'lossA', { order: 1, scope: ['left', 'body'] }),
    ]);
    expect(plan.optimizers.map(({ path }) => path)).toEqual(['first', 'later']);
    const session = await startSession(runtime(name), plan);
    const states = await steps(session, plan, 4);
    session.dispose();
    const own = ['body/kernel', 'body/bias', 'left/kernel', 'left/bias'];
    const other = ['right/kernel', 'right/bias'];
    expect(changed(states[0], states[1])).toEqual(own);
    expect(changed(states[1], states[2])).toEqual(own);
    expect(changed(states[2], states[3])).toEqual([...own, ...other]);
    expect(changed(states[3], states[4])).toEqual(own);
  });

  it('two parts of a training: what the first has learnt stays as it is in the second', async () => {
    const plan = twoHeads([
      sgd('learns', 'lossA', { until: 2 }),
      sgd('uses', 'lossB', { after: 2, scope: ['right'] }),
    ]);
    const session = await startSession(runtime(name), plan);
    const states = await steps(session, plan, 4);
    session.dispose();
    expect(changed(states[0], states[2])).toContain('body/kernel');
    expect(changed(states[0], states[2])).not.toContain('right/kernel');
    expect(changed(states[2], states[4])).toEqual(['right/kernel', 'right/bias']);
  });

  it('a frozen node keeps its weights and its running averages, and uses them', async () => {
    const plan = twoHeads([sgd('only', 'lossA')], ['norm', 'body']);
    expect(plan.optimizers[0]?.scope).toEqual(['left']);
    const session = await startSession(runtime(name), plan);
    const states = await steps(session, plan, 2);
    const [first] = states;
    if (!first) throw new Error('no state');
    expect(changed(first, states[2])).toEqual(['left/kernel', 'left/bias']);
    await session.writeState(first);
    const trained = await session.trainStep(batch, { only: 0 });
    expect(trained.loss).toBeCloseTo((await session.evaluateStep(batch)).loss, 5);
    session.dispose();
  });

  it('the gradients of several turns make one update by their mean', async () => {
    const plan = twoHeads([sgd('only', 'lossA', { accumulate: 2, scope: ['left'] })]);
    const single = twoHeads([sgd('only', 'lossA', { scope: ['left'] })]);
    const [first, second] = [imageBatch(8, 1), imageBatch(8, 2)];
    const session = await startSession(runtime(name), plan);
    const start = await session.readState();
    await session.trainStep(first, { only: 0.5 });
    const between = await session.readState();
    expect(changed(start, between)).toEqual(['left/kernel@only/accumulated', 'left/bias@only/accumulated']);
    await session.trainStep(second, { only: 0.5 });
    const after = await session.readState();
    expect(values(after, 'left/kernel@only/accumulated').every((value) => value === 0)).toBe(true);
    session.dispose();

    const reference = await startSession(runtime(name), single);
    const moved = values(start, 'left/bias').map(() => 0);
    for (const each of [first, second]) {
      const before = await reference.readState();
      await reference.trainStep(each, { only: 0.25 });
      const stepped = values(await reference.readState(), 'left/bias');
      for (const [index, value] of values(before, 'left/bias').entries()) {
        moved[index] = (moved[index] ?? 0) + (stepped[index] ?? 0) - value;
      }
      await reference.writeState({
        ...start,
        tensors: new Map([...before.tensors].map(([key]) => [key, given(start.tensors.get(key))])),
      });
    }
    reference.dispose();
    for (const [index, value] of values(after, 'left/bias').entries()) {
      expect(value - (values(start, 'left/bias')[index] ?? 0)).toBeCloseTo(moved[index] ?? Number.NaN, 5);
    }
  });

  it('evaluation, prediction and results use the averages, training does not', async () => {
    const plan = twoHeads([sgd('only', 'lossA', { average: true, averageDecay: 0.5 })]);
    const session = await startSession(runtime(name), plan);
    const initial = await session.evaluateStep(batch);
    const [, , state] = await steps(session, plan, 2);
    if (!state) throw new Error('no state');
    const averaged = await session.evaluateStep(batch);
    const predicted = (await session.predict(batch)).lossA?.data;
    session.dispose();
    expect(averaged.loss).toBeLessThan(initial.loss);

    const plain = twoHeads([sgd('only', 'lossA')]);
    const other = await startSession(runtime(name), plain);
    await other.writeState({ step: 0, tensors: resultTensors(plan, state) });
    expect((await other.evaluateStep(batch)).loss).toBeCloseTo(averaged.loss, 6);
    const answers = (await other.predict(batch)).lossA?.data ?? [];
    for (const [index, value] of answers.entries()) expect(predicted?.[index]).toBeCloseTo(value, 5);
    await other.writeState(plainState(state));
    expect((await other.evaluateStep(batch)).loss).not.toBeCloseTo(averaged.loss, 4);
    other.dispose();
  });

  it('reports the loss of each of several optimisers beside their sum', async () => {
    const plan = twoHeads([sgd('a', 'lossA'), sgd('b', 'lossB', { every: 2 })]);
    const session = await startSession(runtime(name), plan);
    const evaluated = await session.evaluateStep(batch);
    const first = await session.trainStep(batch, ratesOf(plan));
    const second = await session.trainStep(batch, ratesOf(plan));
    session.dispose();
    expect(Object.keys(first.losses ?? {})).toEqual(['a', 'b']);
    for (const { loss, losses } of [evaluated, first]) {
      expect((losses?.a ?? 0) + (losses?.b ?? 0)).toBeCloseTo(loss, 5);
    }
    // The second optimiser sees the network that the first has changed.
    expect((second.losses?.a ?? 0) + (second.losses?.b ?? 0)).not.toBeCloseTo(second.loss, 5);
    const totals = new MetricTotals([]);
    totals.add(first, 8);
    const kept = new MetricTotals([], totals.totals());
    kept.add(second, 4);
    expect(kept.metrics()['loss (a)']).toBeCloseTo(
      ((first.losses?.a ?? 0) * 8 + (second.losses?.a ?? 0) * 4) / 12,
      6,
    );
  });

  it('a step in which no optimiser has its turn changes nothing but the count', async () => {
    const plan = twoHeads([sgd('only', 'lossA', { every: 2 })]);
    const session = await startSession(runtime(name), plan);
    const states = await steps(session, plan, 2);
    session.dispose();
    expect(changed(states[0], states[1])).toEqual([]);
    expect(states[1]?.step).toBe(1);
    expect(changed(states[1], states[2]).length).toBeGreaterThan(0);
  });
});

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('missing in the test');
  return value;
}

const plainState = ({ tensors }: SessionState): SessionState => ({
  step: 0,
  tensors: new Map([...tensors].filter(([, { role }]) => role !== 'slot')),
});
