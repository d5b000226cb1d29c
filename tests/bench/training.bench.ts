import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { createCoreOps } from '#main/engine/ops/coreOps.ts';
import type { Runtime } from '#main/engine/runtime.ts';
import { EagerSession } from '#main/engine/runtimes/eager/eagerSession.ts';
import { NATIVE_EAGER_BACKEND } from '#main/engine/trace/tfjsNode.ts';
import type { Plan } from '#shared/compile/plan.ts';
import {
  cnnPlan,
  imageBatch,
  mlpPlan,
  nativeRuntime,
  ratesOf,
  startSession,
} from '../engine/traceSupport.ts';

/**
 * Training steps traced into one TensorFlow call against the same forward functions run operation
 * by operation on the same library, in one process, in turns: what disturbs one disturbs the other.
 * The rounds are short and the fastest of each side counts: what others do on the machine only ever
 * adds time. The median of the rounds' own ratios stands beside it.
 */
interface Workload {
  readonly name: string;
  readonly plan: Plan;
  readonly steps: number;
  /** Traced must be at least so many times as fast. */
  readonly required: number;
}

const BATCH_SIZE = 64;
const ROUNDS = 20;
const workloads: readonly Workload[] = [
  { name: 'MLP 784-256-128-10', plan: mlpPlan(), steps: 20, required: 4 },
  { name: 'CNN 32-64', plan: cnnPlan(), steps: 5, required: 2.5 },
];

/** The tfjs-node backend, one native call per operation. */
function eagerRuntime(native: Runtime): Runtime {
  const ops = createCoreOps();
  return {
    info: native.info,
    createSession: async (plan, options) =>
      new EagerSession({ backend: NATIVE_EAGER_BACKEND, ops, info: native.info, plan, options }),
  };
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

async function measure(workload: Workload, native: Runtime) {
  const { plan } = workload;
  const batch = imageBatch(BATCH_SIZE);
  const rates = ratesOf(plan);
  const traced = await startSession(native, plan);
  const eager = await startSession(eagerRuntime(native), plan);
  const time = async (session: typeof traced): Promise<number> => {
    const start = performance.now();
    for (let i = 0; i < workload.steps; i += 1) await session.trainStep(batch, rates);
    return (performance.now() - start) / workload.steps;
  };
  await time(traced);
  await time(eager);
  const rounds: { traced: number; eager: number }[] = [];
  for (let i = 0; i < ROUNDS; i += 1) rounds.push({ traced: await time(traced), eager: await time(eager) });
  traced.dispose();
  eager.dispose();
  const ratios = rounds.map((one) => one.eager / one.traced);
  const tracedMs = Math.min(...rounds.map((one) => one.traced));
  const eagerMs = Math.min(...rounds.map((one) => one.eager));
  return {
    workload: workload.name,
    tracedMs: round(tracedMs, 3),
    eagerMs: round(eagerMs, 3),
    ratio: round(eagerMs / tracedMs),
    medianRatio: round(median(ratios)),
    lowestRatio: round(Math.min(...ratios)),
    highestRatio: round(Math.max(...ratios)),
    required: workload.required,
  };
}

async function run(): Promise<void> {
  const native = await nativeRuntime();
  const results = [];
  for (const workload of workloads) results.push(await measure(workload, native));
  console.table(results);

  const folder = join(process.cwd(), 'bench-results');
  mkdirSync(folder, { recursive: true });
  const report = {
    at: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, load: loadavg() },
    node: process.version,
    runtime: native.info,
    batchSize: BATCH_SIZE,
    rounds: ROUNDS,
    results,
  };
  const path = join(folder, 'training.json');
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`written to ${path}`);
  const slow = results.filter(({ ratio, required }) => ratio < required);
  for (const { workload, ratio, required } of slow) {
    console.error(`${workload}: ${ratio} times as fast as eager, ${required} required`);
  }
  process.exitCode = slow.length > 0 ? 1 : 0;
}

void run();
