import { cpus } from 'node:os';
import { join } from 'node:path';
import {
  type CallHandle,
  loadAddon,
  type NeuroloomAddon,
  TfType,
} from '#main/engine/addon/neuroloomAddon.ts';
import type { Batch } from '#main/engine/runtime.ts';
import { defaultExecution, sessionConfig } from '#main/engine/runtimes/tensorflow/sessionConfig.ts';
import { float32Type, GraphBuilder, typeAttr } from '#main/engine/trace/graphBuilder.ts';
import type { Plan } from '#shared/compile/plan.ts';
import { packPath } from '../engine/packPath.ts';
import {
  cnnPlan,
  imageBatch,
  mlpPlan,
  nativeRuntime,
  ratesOf,
  startSession,
} from '../engine/traceSupport.ts';
import { findWorkload } from './peers/workloads.ts';
import { writeReport } from './writeReport.ts';

/**
 * Floating-point operations per second of whole training steps, as a share of what the same library
 * reaches in large matrix products on this machine; both in turns in one process, the fastest round
 * of each. Beside it the same share per second of processor time, which others on the machine do
 * not lower: where it is much higher, processors were waiting or away.
 */
const BATCH = 64;
const ROUNDS = 30;
const SIZE = 1024;
const PRODUCTS = 4;

interface Layer {
  readonly multiplyAdds: number;
}
const dense = (inputs: number, outputs: number): Layer => ({ multiplyAdds: inputs * outputs });
const conv = (side: number, kernel: number, inputs: number, outputs: number): Layer => ({
  multiplyAdds: side * side * kernel * kernel * inputs * outputs,
});

/** Forward, gradient of the weights, and of the inputs of all layers but those that stand on data. */
const stepFlops = (layers: readonly Layer[], rows: number, onData: number): number =>
  layers.reduce(
    (sum, { multiplyAdds }, index) => sum + 2 * rows * multiplyAdds * (index < onData ? 2 : 3),
    0,
  );

/** Of one token among `length`, which sees half of them on average. */
const block = (width: number, length: number): Layer[] => [
  ...new Array<Layer>(4).fill(dense(width, width)),
  ...new Array<Layer>(2).fill(dense(length / 2, width)),
  dense(width, 4 * width),
  dense(4 * width, width),
];

interface Measured {
  readonly name: string;
  readonly plan: Plan;
  readonly batch: Batch;
  readonly steps: number;
  readonly flops: number;
}

const gpt = findWorkload('gpt');
const workloads: readonly Measured[] = [
  {
    name: 'MLP 784-256-128-10',
    plan: mlpPlan(),
    batch: imageBatch(BATCH),
    steps: 10,
    flops: stepFlops([dense(784, 256), dense(256, 128), dense(128, 10)], BATCH, 1),
  },
  {
    name: 'CNN 32-64',
    plan: cnnPlan(),
    batch: imageBatch(BATCH),
    steps: 2,
    flops: stepFlops([conv(26, 3, 1, 32), conv(11, 3, 32, 64), dense(1600, 128), dense(128, 10)], BATCH, 1),
  },
  {
    name: gpt.name,
    plan: gpt.plan(),
    batch: gpt.batch,
    steps: 1,
    flops: stepFlops([...new Array<Layer[]>(4).fill(block(128, 64)).flat(), dense(128, 65)], 16 * 64, 0),
  },
];

/** A chain of products of square matrices, and the sum of the last. */
function products(addon: NeuroloomAddon) {
  const graph = new GraphBuilder(addon);
  const shape = [SIZE, SIZE];
  const input = graph.placeholder(TfType.float32, shape).id;
  let value = input;
  for (let i = 0; i < PRODUCTS; i += 1) value = graph.addValue('MatMul', [value, input], [float32Type]).id;
  const axes = graph.constant(TfType.int32, [2], Int32Array.of(0, 1)).id;
  const types = [float32Type, typeAttr('Tidx', TfType.int32)];
  const sum = graph.addValue('Sum', [value, axes], types).id;
  const session = addon.createSession(graph.handle, sessionConfig(defaultExecution, cpus().length));
  const feeds = [{ output: input, dtype: TfType.float32, shape }];
  const call: CallHandle = addon.prepareCall(session, feeds, [sum], []);
  const data = new Float32Array(SIZE * SIZE).fill(1 / SIZE);
  // A session lives as long as something refers to it; a call alone does not.
  return { multiply: () => addon.runCall(call, [data]), close: () => addon.closeSession(session) };
}

interface Rate {
  wall: number;
  processor: number;
}

/** Operations per second, of the clock and of processor time. */
async function rateOf(flops: number, work: () => Promise<unknown>): Promise<Rate> {
  const usage = process.cpuUsage();
  const from = performance.now();
  await work();
  const seconds = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(usage);
  return { wall: flops / seconds, processor: flops / ((user + system) / 1e6) };
}

const better = (a: Rate, b: Rate): Rate => ({
  wall: Math.max(a.wall, b.wall),
  processor: Math.max(a.processor, b.processor),
});

async function run(): Promise<void> {
  const runtime = await nativeRuntime();
  const { multiply, close } = products(loadAddon(join(packPath, 'addon', 'neuroloom.node')));
  const multiplyFlops = PRODUCTS * 2 * SIZE ** 3;
  await multiply();
  const results = [];
  const figure = (value: number, digits = 1) => Number(value.toFixed(digits));
  for (const { name, plan, batch, steps, flops } of workloads) {
    const session = await startSession(runtime, plan);
    const train = async () => {
      for (let step = 0; step < steps; step += 1) await session.trainStep(batch, ratesOf(plan));
    };
    await train();
    let [peak, step]: [Rate, Rate] = [
      { wall: 0, processor: 0 },
      { wall: 0, processor: 0 },
    ];
    for (let round = 0; round < ROUNDS; round += 1) {
      peak = better(peak, await rateOf(multiplyFlops, multiply));
      step = better(step, await rateOf(steps * flops, train));
    }
    session.dispose();
    results.push({
      workload: name,
      megaflopsPerStep: figure(flops / 1e6),
      peakGflops: figure(peak.wall / 1e9),
      stepGflops: figure(step.wall / 1e9),
      share: figure(step.wall / peak.wall, 3),
      processorShare: figure(step.processor / peak.processor, 3),
    });
  }
  close();
  console.table(results);
  writeReport('peak', { results });
}

void run();
