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
import type { Plan } from '#shared/compile/plan.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { chainPlan, nativeRuntime, ratesOf, startSession } from '../engine/traceSupport.ts';
import { judge, preparePython } from './pythonJudge.ts';

const STEPS = 50;
const BATCH = 16;

/** Every optimiser with the parameters of each of its examples. */
const cases = nodeDefinitions.flatMap((definition) =>
  definition.role === 'optimizer'
    ? definition.examples.map((example) => ({
        name: `${definition.kind}: ${example.name}`,
        kind: definition.kind,
        // RMSprop's first steps are ten times the rate: at its default of 0.01 rounding errors grow
        // as fast as the loss jumps.
        params: definition.params.parse({
          ...example.params,
          ...(definition.kind === 'rmsprop' && { learningRate: 0.001 }),
        }),
      }))
    : [],
);

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
  readonly weights: readonly number[];
}

async function train(runtime: Runtime, plan: Plan): Promise<Course> {
  const session = await startSession(runtime, plan, 3);
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    losses.push((await session.trainStep(batchOf(step), ratesOf(plan))).loss);
  }
  const { tensors } = await session.readState();
  session.dispose();
  const names = ['hidden/kernel', 'hidden/bias', 'logits/kernel', 'logits/bias'];
  return { losses, weights: names.flatMap((name) => Array.from(tensors.get(name)?.data ?? [])) };
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
  const ops = createNativeOps();
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
  start = ['hidden/kernel', 'hidden/bias', 'logits/kernel', 'logits/bias'].flatMap((name) =>
    Array.from(tensors.get(name)?.data ?? []),
  );
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

describe.each(cases)('$name', ({ name, kind, params }) => {
  it.each(['native', 'eager'] as const)('%s: goes the way of PyTorch in double precision', async (which) => {
    const wanted = theirs[name];
    if (!wanted) throw new Error(`no answer for ${name}`);
    const found = await train(which === 'native' ? native : eager, planFor(kind, params));
    expect(wanted.losses.at(-1)).toBeLessThan(wanted.losses[0] ?? 0);
    const apart = difference(found, wanted, start);
    // Centred RMSprop takes one mean off another of nearly its size, which costs it a digit.
    expect(apart.loss).toBeLessThan(params.centered ? 1e-4 : 1e-5);
    expect(apart.weights).toBeLessThan(1e-4);
  });
});
