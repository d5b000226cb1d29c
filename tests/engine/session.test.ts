import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runtime, Session } from '#main/engine/runtime.ts';
import { createExecutionMemory, executionKey } from '#main/engine/train/executionMemory.ts';
import { initializeWeights } from '#main/engine/train/initialize.ts';
import { openSession } from '#main/engine/train/openSession.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import type { Plan } from '#shared/compile/plan.ts';
import type { ExecutionOptions } from '#shared/protocol/run.ts';
import { cnnPlan, imageBatch, mlpPlan, nativeRuntime, ratesOf } from './traceSupport.ts';
import {
  bits,
  fewToMeasure,
  launch,
  newestCheckpoint,
  newRun,
  recordOf,
  smallNetwork,
  train,
} from './trainSupport.ts';

let runtime: Runtime;
let folder: string;
beforeAll(async () => {
  runtime = await nativeRuntime();
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-session-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Dropout, running averages and Adam: everything that a step leaves behind. */
function smallPlan(): Plan {
  const plan = createPlan(smallNetwork());
  if (!plan.ok) throw new Error('the network has problems');
  return plan.value;
}

const smallBatch = (size: number, seed: number) => {
  const { values } = imageBatch(size, seed);
  const named = Object.entries(values).map(([key, value]) => [key.replace('data.', 'mnist.'), value]);
  return { size, values: Object.fromEntries(named) };
};

async function stateAfter(session: Session, plan: Plan, steps: number) {
  const losses = [];
  for (let step = 0; step < steps; step += 1) {
    losses.push((await session.trainStep(smallBatch(16, step), ratesOf(plan))).loss);
  }
  return { losses, state: await session.readState() };
}

const open = (plan: Plan, options: { recorded?: ExecutionOptions; memory?: string; steps?: number }) =>
  fewToMeasure(plan).then((data) =>
    openSession({
      runtime,
      plan,
      data,
      initialWeights: initializeWeights(plan, plan.training.seed),
      steps: options.steps ?? 1e9,
      recorded: options.recorded && { options: options.recorded, chosen: 'default' },
      memory: options.memory ? createExecutionMemory(join(folder, options.memory)) : null,
      interrupted: () => false,
    }),
  );

describe('ways to run a network', () => {
  it.each([
    ['the MLP', mlpPlan()],
    ['the CNN', cnnPlan()],
  ])('all train %s to the same losses', async (_, plan) => {
    const batch = imageBatch(32);
    const losses: number[][] = [];
    for (const execution of runtime.executions ?? []) {
      const { session } = await open(plan, { recorded: execution });
      const own: number[] = [];
      for (let step = 0; step < 5; step += 1) {
        own.push((await session.trainStep(batch, ratesOf(plan))).loss);
      }
      losses.push(own);
      session.dispose();
    }
    expect(losses.length).toBe(4);
    for (const own of losses) {
      own.forEach((loss, step) => {
        expect(Math.abs(loss - (losses[0]?.[step] ?? Number.NaN))).toBeLessThan(1e-5);
      });
    }
  });

  it('a session whose way was measured goes on bit for bit like one that was given it', async () => {
    const plan = smallPlan();
    const measured = await open(plan, { memory: 'measured' });
    expect(measured.execution).toMatchObject({ chosen: 'measured' });
    expect(measured.execution?.tried?.length).toBeGreaterThan(1);
    const given = await open(plan, { recorded: measured.execution?.options as ExecutionOptions });
    expect(await stateAfter(measured.session, plan, 5)).toEqual(await stateAfter(given.session, plan, 5));
    measured.session.dispose();
    given.session.dispose();
  });

  it('what was measured is remembered', async () => {
    const plan = smallPlan();
    const first = await open(plan, { memory: 'remembered' });
    const second = await open(plan, { memory: 'remembered' });
    expect(second.execution).toEqual({ options: first.execution?.options, chosen: 'remembered' });
    first.session.dispose();
    second.session.dispose();
  });

  it('a run says how it was run, and a resumed run goes on in the same way', async () => {
    const document = smallNetwork();
    const plan = smallPlan();
    const pool = { xla: false, grappler: false, callerThread: false };
    const executions = createExecutionMemory(join(folder, 'runs'));
    await executions.remember(executionKey(plan, runtime.info), pool);
    const run = await newRun(document);
    const steps = { maxSteps: 10 };
    const begun = launch(runtime, run, { ...steps, executions });
    await begun.live.ended;
    begun.live.model?.session.dispose();
    expect((await recordOf(run)).execution).toEqual({ options: pool, chosen: 'remembered' });

    await executions.remember(executionKey(plan, runtime.info), { ...pool, grappler: true });
    const asked: (ExecutionOptions | undefined)[] = [];
    const watched: Runtime = {
      ...runtime,
      createSession: (planned, options) => {
        asked.push(options.execution);
        return runtime.createSession(planned, options);
      },
    };
    const resumed = launch(watched, run, { maxSteps: 20, resume: true, executions });
    await resumed.live.ended;
    resumed.live.model?.session.dispose();
    expect(asked).toEqual([pool]);
    expect((await recordOf(run)).execution).toEqual({ options: pool, chosen: 'remembered' });
  });

  it('a short run is run in the runtime’s own way', async () => {
    const executions = createExecutionMemory(join(folder, 'short'));
    const run = await newRun(smallNetwork());
    const launched = launch(runtime, run, { maxSteps: 20, executions });
    await launched.live.ended;
    launched.live.model?.session.dispose();
    expect((await recordOf(run)).execution).toEqual({
      options: runtime.executions?.[0],
      chosen: 'default',
    });
    const plain = await newRun(smallNetwork());
    await train(runtime, plain, { maxSteps: 20 });
    expect(bits(await newestCheckpoint(run))).toEqual(bits(await newestCheckpoint(plain)));
  });
});

describe('a session', () => {
  it('takes batches of any size, one after the other, as one of its own would', async () => {
    const plan = smallPlan();
    const sizes = [16, 7, 16, 1, 33, 7];
    const { session } = await open(plan, {});
    let { session: fresh } = await open(plan, {});
    for (const [index, size] of sizes.entries()) {
      const batch = smallBatch(size, index);
      const result = await session.trainStep(batch, ratesOf(plan));
      expect(await fresh.trainStep(batch, ratesOf(plan))).toEqual(result);
      // Each batch meets a session that has never seen another size.
      const next = await open(plan, {});
      await next.session.writeState(await fresh.readState());
      fresh.dispose();
      fresh = next.session;
    }
    expect(await fresh.readState()).toEqual(await session.readState());
    expect((await session.evaluateStep(smallBatch(9, 1))).loss).toBeGreaterThan(0);
    session.dispose();
    fresh.dispose();
  });

  it('can be read and put back at any step, its random numbers included', async () => {
    const plan = smallPlan();
    const { session } = await open(plan, {});
    await stateAfter(session, plan, 3);
    const saved = await session.readState();
    const onward = await stateAfter(session, plan, 4);
    await session.writeState(saved);
    expect(await stateAfter(session, plan, 4)).toEqual(onward);
    // Dropout at another step draws other numbers: the step counter is part of the state.
    await session.writeState({ ...saved, step: saved.step + 1 });
    expect((await stateAfter(session, plan, 4)).losses).not.toEqual(onward.losses);
    session.dispose();
  });
});
