import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Runtime } from '#main/engine/runtime.ts';
import { cnnPlan, imageBatch, nativeRuntime, ratesOf, startSession } from './traceSupport.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Megabytes of the process once nothing that is free is held: sessions are freed when they are collected. */
async function residentMegabytes(): Promise<number> {
  for (let turn = 0; turn < 3; turn += 1) {
    collect();
    await nextTurn();
  }
  return process.memoryUsage().rss / 2 ** 20;
}

const plan = cnnPlan();

/** Megabytes that `count` steps add after a tenth as many; every batch is a new one, of two sizes in turn. */
export async function stepOften(count: number): Promise<number> {
  const session = await startSession(await nativeRuntime(), plan);
  const train = async (steps: number, seed: number) => {
    for (let step = 0; step < steps; step += 1) {
      await session.trainStep(imageBatch(step % 2 === 0 ? 16 : 24, seed + step), ratesOf(plan));
      if (step % 50 === 0) {
        await session.evaluateStep(imageBatch(16, step));
        await session.writeState(await session.readState());
      }
    }
  };
  await train(count / 10, 1);
  const before = await residentMegabytes();
  await train(count, count);
  const added = (await residentMegabytes()) - before;
  session.dispose();
  return added;
}

/** Megabytes that `count` sessions add after a few; each is recorded, compiled, trained and closed. */
export async function compileOften(count: number): Promise<number> {
  const runtime = await nativeRuntime();
  for (let made = 0; made < 8; made += 1) await compileOnce(runtime);
  const before = await residentMegabytes();
  for (let made = 0; made < count; made += 1) {
    await compileOnce(runtime);
    if (made % 10 === 9) await residentMegabytes();
  }
  return (await residentMegabytes()) - before;
}

async function compileOnce(runtime: Runtime): Promise<void> {
  const session = await startSession(runtime, plan);
  await session.trainStep(imageBatch(16), ratesOf(plan));
  await session.evaluateStep(imageBatch(16));
  session.dispose();
}
