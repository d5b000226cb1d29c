import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '#main/engine/data/random.ts';
import { encodeSafetensors } from '#main/engine/exports/safetensors.ts';
import { createNativeOps } from '#main/engine/ops/nativeOps.ts';
import type { Batch, Runtime } from '#main/engine/runtime.ts';
import { EagerSession } from '#main/engine/runtimes/eager/eagerSession.ts';
import { NATIVE_EAGER_BACKEND } from '#main/engine/trace/tfjsNode.ts';
import { resultTensors } from '#main/engine/trace/variables.ts';
import { LearningRates } from '#main/engine/train/learningRates.ts';
import type { Plan } from '#shared/compile/plan.ts';
import { findNodeDefinition, nodeDefinitions } from '#shared/nodes/registry.ts';
import { chainPlan, nativeRuntime, startSession } from '../engine/traceSupport.ts';
import { judge, preparePython } from './pythonJudge.ts';

const STEPS = 50;
const STEPS_PER_EPOCH = 10;
const BATCH = 16;

/** Every optimiser with the parameters of each of its examples. */
const formulas = nodeDefinitions.flatMap((definition) =>
  definition.role === 'optimizer'
    ? definition.examples.map((example) => ({
        name: `${definition.kind}: ${example.name}`,
        kind: definition.kind,
        params: {
          ...example.params,
          // RMSprop's first steps are ten times the rate: at its default of 0.01 rounding errors grow
          // as fast as the loss jumps.
          ...(definition.kind === 'rmsprop' && { learningRate: 0.001 }),
        },
      }))
    : [],
);
/** What optimisers have beside their formulas. */
const settings: { name: string; kind: string; params: Record<string, unknown> }[] = [
  {
    name: 'warm-up, cosine, global norm',
    kind: 'sgd',
    params: {
      learningRate: 0.1,
      schedule: 'cosine',
      warmup: 5,
      finalFactor: 0.1,
      clipping: 'global-norm',
      clipAt: 0.5,
    },
  },
  {
    name: 'one cycle, accumulation',
    kind: 'adam',
    params: { schedule: 'one-cycle', finalFactor: 1e-3, peakAt: 0.4, accumulate: 5 },
  },
  {
    name: 'warm-up, linear',
    kind: 'sgd',
    params: { schedule: 'linear', finalFactor: 0.5, warmup: 7 },
  },
  {
    name: 'steps, value, average',
    kind: 'adamw',
    params: {
      schedule: 'step',
      decayEvery: 2,
      decayFactor: 0.3,
      clipping: 'value',
      clipAt: 0.01,
      average: true,
      averageDecay: 0.9,
    },
  },
  {
    name: 'exponential, norm',
    kind: 'rmsprop',
    params: {
      learningRate: 0.001,
      schedule: 'exponential',
      decayFactor: 0.7,
      clipping: 'norm',
      clipAt: 0.05,
    },
  },
  {
    name: 'linear, every other step, accumulation, average',
    kind: 'adagrad',
    params: { schedule: 'linear', finalFactor: 0.2, every: 2, accumulate: 3, average: true },
  },
];
const cases = [...formulas, ...settings].map(({ name, kind, params }) => {
  const definition = findNodeDefinition(kind);
  if (!definition) throw new Error(`no ${kind}`);
  return { name, kind, params: definition.params.parse(params), stepsPerEpoch: STEPS_PER_EPOCH };
});

const planFor = (kind: string, params: Record<string, unknown>): Plan =>
  chainPlan(
    [
      { id: 'flatten', kind: 'flatten' },
      { id: 'hidden', kind: 'dense', params: { units: 12, activation: 'tanh' } },
      { id: 'logits', kind: 'dense', params: { units: 10 } },
    ],
    { id: 'optimizer', kind, params },
  );

// Classes differ in the brightness of one row each, so that there is something to learn.
const random = createRandom(1, 'parity batches');
const labels = Int32Array.from({ length: STEPS * BATCH }, () => random.below(10));
const images = Float32Array.from({ length: STEPS * BATCH * 784 }, (_, index) => {
  const row = Math.floor((index % 784) / 28);
  return random.uniform() * (row === 2 * (labels[Math.floor(index / 784)] ?? 0) ? 1 : 0.3);
});
const batchOf = (step: number): Batch => ({
  size: BATCH,
  values: {
    'data.image': {
      shape: [BATCH, 28, 28, 1],
      dtype: 'float32',
      data: images.slice(step * BATCH * 784, (step + 1) * BATCH * 784),
    },
    'data.label': { shape: [BATCH], dtype: 'int32', data: labels.slice(step * BATCH, (step + 1) * BATCH) },
  },
});

interface Course {
  readonly losses: readonly number[];
  readonly rates: readonly number[];
  readonly weights: readonly number[];
  readonly averages: readonly number[];
}

const names = ['hidden/kernel', 'hidden/bias', 'logits/kernel', 'logits/bias'];

async function train(runtime: Runtime, plan: Plan): Promise<Course> {
  const session = await startSession(runtime, plan, 3);
  const schedule = new LearningRates(plan, { stepsPerEpoch: STEPS_PER_EPOCH, totalSteps: STEPS });
  const losses: number[] = [];
  const rates: number[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    const present = schedule.at(step);
    rates.push(present.optimizer ?? Number.NaN);
    losses.push((await session.trainStep(batchOf(step), present)).loss);
  }
  const state = await session.readState();
  session.dispose();
  const row = (tensors: ReadonlyMap<string, { data: Float32Array }>) =>
    names.flatMap((name) => Array.from(tensors.get(name)?.data ?? []));
  return { losses, rates, weights: row(state.tensors), averages: row(resultTensors(plan, state)) };
}

/** Largest difference of the losses, relative, and mean difference of the weights, relative to their mean way. */
function difference(found: Course, wanted: Course, start: readonly number[]) {
  const apart = wanted.weights.map((value, index) => Math.abs((found.weights[index] ?? Number.NaN) - value));
  const moved = wanted.weights.map((value, index) => Math.abs((start[index] ?? Number.NaN) - value));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    loss: Math.max(
      ...wanted.losses.map((value, step) => Math.abs((found.losses[step] ?? Number.NaN) / value - 1)),
    ),
    weights: sum(apart) / sum(moved),
  };
}

let native: Runtime;
let eager: Runtime;
let folder: string;
let theirs: Record<string, Course>;
let start: number[];
beforeAll(async () => {
  await preparePython('requirements.txt');
  await preparePython('requirements-torch.txt');
  native = await nativeRuntime();
  const ops = createNativeOps({ addonKernels: true });
  eager = {
    info: native.info,
    createSession: async (plan, options) =>
      new EagerSession({ backend: NATIVE_EAGER_BACKEND, ops, info: native.info, plan, options }),
  };
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-parity-'));
  const session = await startSession(native, planFor('sgd', {}), 3);
  const { tensors } = await session.readState();
  session.dispose();
  const weights = [...tensors].filter(([, { role }]) => role !== 'slot');
  start = names.flatMap((name) => Array.from(tensors.get(name)?.data ?? []));
  const files = { cases: join(folder, 'cases.json'), weights: join(folder, 'w'), batches: join(folder, 'b') };
  await writeFile(files.cases, JSON.stringify(cases));
  await writeFile(files.weights, Buffer.concat(encodeSafetensors(new Map(weights))));
  await writeFile(
    files.batches,
    Buffer.concat(
      encodeSafetensors(
        new Map([
          ['images', { shape: [STEPS, BATCH, 784], data: images }],
          ['labels', { shape: [STEPS, BATCH], data: Float32Array.from(labels) }],
        ]),
      ),
    ),
  );
  theirs = JSON.parse(await judge('judge_optimizers.py', files.cases, files.weights, files.batches));
}, 1_800_000);
afterAll(() => rm(folder, { recursive: true }));

describe.each(cases)('$kind: $name', ({ name, kind, params }) => {
  it.each(['native', 'eager'] as const)('%s: goes the way of PyTorch in double precision', async (which) => {
    const wanted = theirs[name];
    if (!wanted) throw new Error(`no answer for ${name}`);
    const found = await train(which === 'native' ? native : eager, planFor(kind, params));
    expect(wanted.losses.at(-1)).toBeLessThan(wanted.losses[0] ?? 0);
    for (const [step, rate] of wanted.rates.entries()) expect(found.rates[step]).toBeCloseTo(rate, 9);
    const apart = difference(found, wanted, start);
    // Centred RMSprop takes one mean off another of nearly its size, which costs it a digit.
    expect(apart.loss).toBeLessThan(params.centered ? 1e-4 : 1e-5);
    expect(apart.weights).toBeLessThan(1e-4);
    const average = { ...found, weights: found.averages };
    if (params.average) {
      expect(difference(average, { ...wanted, weights: wanted.averages }, start).weights).toBeLessThan(1e-4);
    }
  });
});
