import type { Batch, Runtime } from '#main/engine/runtime.ts';
import type { Plan } from '#shared/compile/plan.ts';
import {
  adam,
  chainPlan,
  cnnPlan,
  imageBatch,
  mlpPlan,
  nativeRuntime,
  ratesOf,
  startSession,
} from '../engine/traceSupport.ts';
import type { Workload } from './peers/workloadSupport.ts';
import { recurrent, transformer } from './peers/workloads.ts';
import { writeReport } from './writeReport.ts';

/**
 * What compiling costs as a network grows: a chain of dense layers from 10 to 1,000 nodes, and the
 * first step of some networks that people know. Time is the process's own processor time, which others on the
 * machine do not add to; the wall clock stands beside it. Linear growth means that time and memory
 * per node at 1,000 nodes are at most twice what they are at 100.
 */
const SIZES = [10, 30, 100, 300, 1000];
const ALLOWED_GROWTH = 2;

const processorMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

function dense(nodes: number): Plan {
  const layers = Array.from({ length: nodes - 1 }, (_, index) => ({
    id: `dense${index}`,
    kind: 'dense',
    params: { units: 16, activation: 'relu' },
  }));
  const output = { id: 'output', kind: 'dense', params: { units: 10 } };
  return chainPlan([{ id: 'flatten', kind: 'flatten' }, ...layers, output], adam);
}

/** From a plan to the end of the first step, and one step more. */
async function compile(runtime: Runtime, name: string, makePlan: () => Plan, batch: Batch = imageBatch(16)) {
  const before = { processor: processorMs(), wall: performance.now(), memory: process.memoryUsage().rss };
  const plan = makePlan();
  const planned = processorMs();
  const session = await startSession(runtime, plan);
  const opened = processorMs();
  await session.trainStep(batch, ratesOf(plan));
  const wallMs = performance.now() - before.wall;
  const trained = processorMs();
  const megabytes = (process.memoryUsage().rss - before.memory) / 2 ** 20;
  session.dispose();
  const figure = (value: number) => Number(value.toFixed(1));
  return {
    network: name,
    nodes: plan.nodes.length,
    planMs: figure(planned - before.processor),
    sessionMs: figure(opened - planned),
    firstStepMs: figure(trained - opened),
    processorMs: figure(trained - before.processor),
    wallMs: figure(wallMs),
    msPerNode: figure((trained - before.processor) / plan.nodes.length),
    megabytes: figure(megabytes),
  };
}

async function run(): Promise<void> {
  const runtime = await nativeRuntime();
  // What the library does once belongs to no network.
  await compile(runtime, 'warm-up', () => dense(3));
  const compileWorkload = ({ name, plan, batch }: Workload) => compile(runtime, name, plan, batch);
  const causal = { vocabulary: 65, length: 64, causal: true, layers: 6 };
  const known = [
    { allowed: 1000, result: await compile(runtime, 'MLP', () => mlpPlan()) },
    { allowed: 1000, result: await compile(runtime, 'CNN', () => cnnPlan()) },
    { allowed: 4000, result: await compileWorkload(transformer('gpt6', 'GPT of 6 layers', causal)) },
    { allowed: 4000, result: await compileWorkload(recurrent('lstm', 'lstm', 200)) },
  ];
  const results = known.map(({ result }) => result);
  for (const size of SIZES) results.push(await compile(runtime, `${size} dense`, () => dense(size)));
  console.table(results);
  writeReport('compile', { results });

  const of = (name: string) => results.find(({ network }) => network === name);
  const growth = (of('1000 dense')?.msPerNode ?? Number.NaN) / (of('100 dense')?.msPerNode ?? Number.NaN);
  if (!(growth <= ALLOWED_GROWTH)) {
    console.error(`a node of 1,000 costs ${growth.toFixed(2)} times what it costs in 100`);
    process.exitCode = 1;
  }
  for (const { allowed, result } of known) {
    if (result.processorMs <= allowed) continue;
    console.error(
      `${result.network}: ${result.processorMs} ms to the end of the first step, ${allowed} allowed`,
    );
    process.exitCode = 1;
  }
}

void run();
