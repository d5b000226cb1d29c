import { parseArgs } from 'node:util';
import { nativeRuntime, ratesOf, startSession } from '../engine/traceSupport.ts';
import { workloads } from './peers/workloads.ts';

/**
 * Where a training step's time goes: a step by the clock and in processor time, the fastest of some
 * rounds, and the operations that take longest. `--workloads=mlp,gpt`, `--steps=10` a round.
 */
const ROUNDS = 10;
const SHOWN = 20;

async function run(): Promise<void> {
  const { values: options } = parseArgs({
    options: { workloads: { type: 'string' }, steps: { type: 'string', default: '10' } },
  });
  const wanted = options.workloads?.split(',');
  const steps = Number(options.steps);
  const native = await nativeRuntime();
  for (const workload of workloads.filter(({ id }) => !wanted || wanted.includes(id))) {
    const plan = workload.plan();
    const rates = ratesOf(plan);
    const session = await startSession(native, plan);
    const began = performance.now();
    await session.trainStep(workload.batch, rates);
    const first = performance.now() - began;
    let [wall, processor] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let round = 0; round < ROUNDS; round += 1) {
      const [started, usedBefore] = [performance.now(), process.cpuUsage()];
      for (let step = 0; step < steps; step += 1) await session.trainStep(workload.batch, rates);
      const used = process.cpuUsage(usedBefore);
      wall = Math.min(wall, (performance.now() - started) / steps);
      processor = Math.min(processor, (used.user + used.system) / 1000 / steps);
    }
    console.log(
      `${workload.id}: ${wall.toFixed(2)} ms a step, ${processor.toFixed(2)} ms of processors; first step ${first.toFixed(0)} ms`,
    );
    for (const program of (await session.describePrograms?.(workload.batch)) ?? []) {
      if (program.name === 'evaluate' || program.name === 'predict') continue;
      const ranked = Object.entries(program.times).sort(([, a], [, b]) => b - a);
      const sum = ranked.reduce((all, [, ms]) => all + ms, 0);
      console.log(`  ${program.name}: ${sum.toFixed(2)} ms in operations`);
      for (const [type, ms] of ranked.slice(0, SHOWN)) {
        console.log(`    ${ms.toFixed(3).padStart(8)}  ${type} ×${program.executed[type] ?? '?'}`);
      }
    }
    session.dispose();
  }
}

void run();
