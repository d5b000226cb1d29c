import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BlockSource } from '#main/engine/data/blockSource.ts';
import type { ColumnFormat } from '#main/engine/data/column.ts';
import type { DataSource } from '#main/engine/data/dataSource.ts';
import { mnistLoader } from '#main/engine/data/mnist.ts';
import { combineSources, type PlanData } from '#main/engine/data/planData.ts';
import { createTableSource } from '#main/engine/data/table.ts';
import { TrainingOrder } from '#main/engine/data/trainingOrder.ts';
import type { Runtime } from '#main/engine/runtime.ts';
import { evaluateSplit } from '#main/engine/train/evaluateSplit.ts';
import { initializeWeights } from '#main/engine/train/initialize.ts';
import { metricKeys } from '#main/engine/train/metricTotals.ts';
import type { Plan } from '#shared/compile/plan.ts';
import { mlpPlan, nativeRuntime, ratesOf } from './traceSupport.ts';
import { bits, launch, newestCheckpoint, newRun, smallNetwork, train } from './trainSupport.ts';

const params = { validation: 5000, shuffle: true };
const BUDGET = 4 * 2 ** 20;
let runtime: Runtime;
beforeAll(async () => {
  runtime = await nativeRuntime();
});

function planData(plan: Plan, source: DataSource): PlanData {
  const [dataset] = plan.datasets;
  if (!dataset) throw new Error('the plan has no dataset');
  return combineSources([{ dataset, source }]);
}

/** Losses, sums and the whole state after some steps and an evaluation. */
async function trained(plan: Plan, data: PlanData, form: 'values' | 'compact', steps = 12) {
  const session = await runtime.createSession(plan, {
    seed: 1,
    initialWeights: initializeWeights(plan, 1),
    ...(form === 'compact' && data.resident && { resident: data.resident }),
  });
  expect(session.takesCompact).toBe(form === 'compact');
  const order = new TrainingOrder({ data, batchSize: 64, seed: 3, form });
  const results = [];
  for (let step = 0; step < steps; step += 1) {
    const batch = await order.take();
    const running = session.trainStep(batch, ratesOf(plan));
    order.prefetch();
    results.push(await running);
    order.advance(batch.size);
  }
  const keys = metricKeys(plan);
  const small = { ...data, counts: { ...data.counts, validation: 600 } };
  const validation = await evaluateSplit({ session, data: small, split: 'validation', keys });
  const { tensors } = await session.readState();
  session.dispose();
  return { results, validation, tensors: [...tensors] };
}

describe('data in the session', () => {
  it('row numbers train bit for bit as the values that they stand for', async () => {
    const plan = mlpPlan();
    const data = planData(plan, await mnistLoader.open(params, undefined));
    const batch = await data.gather({ split: 'train', indices: null, start: 0, size: 2, form: 'compact' });
    expect(batch.rows).toEqual({ data: Int32Array.of(0, 1) });
    expect(batch.values).toEqual({});
    expect(await trained(plan, data, 'compact')).toEqual(await trained(plan, data, 'values'));
  });

  it('takes the rows of each split', async () => {
    const plan = mlpPlan();
    const data = planData(plan, await mnistLoader.open(params, undefined));
    const rows = async (split: 'train' | 'validation' | 'test') =>
      (await data.gather({ split, indices: null, start: 1, size: 1, form: 'compact' })).rows?.data?.[0];
    expect(await rows('train')).toBe(1);
    expect(await rows('validation')).toBe(55_001);
    expect(await rows('test')).toBe(60_001);
    await expect(async () => {
      await data.gather({ split: 'validation', indices: null, start: 4999, size: 2, form: 'compact' });
    }).rejects.toThrow('no sample 5000');
  });

  it('a whole run is the same with and without it, resumed in the middle of an epoch', async () => {
    const held = await newRun(smallNetwork());
    await train(runtime, held, { maxSteps: 20 });
    await train(runtime, held, { maxSteps: 40, resume: true });
    const fed = await newRun(smallNetwork());
    const plain: Runtime = {
      ...runtime,
      createSession: (plan, { resident: _, ...options }) => runtime.createSession(plan, options),
    };
    await train(plain, fed, { maxSteps: 40 });
    expect(bits(await newestCheckpoint(held))).toEqual(bits(await newestCheckpoint(fed)));
  });
});

describe('data larger than its memory', () => {
  const streamed = async (): Promise<DataSource> =>
    mnistLoader.open(params, undefined, { memoryBytes: BUDGET });

  it('gives the same samples as the whole in memory', async () => {
    const [whole, blocks] = [await mnistLoader.open(params, undefined), await streamed()];
    expect(blocks).toBeInstanceOf(BlockSource);
    expect(blocks.bytes).toBeGreaterThan(10 * BUDGET);
    const indices = Uint32Array.of(0, 54_999, 17, 30_000, 17);
    for (const split of ['train', 'validation', 'test'] as const) {
      const request = { split, indices: indices.map((index) => index % 5000), start: 1, size: 4 };
      expect(await blocks.gather(request)).toEqual(await whole.gather(request));
    }
    const across = { split: 'train', indices: null, start: 54_900, size: 100 } as const;
    expect(await blocks.gather(across)).toEqual(await whole.gather(across));
  });

  it('trains bit for bit the same from stored bytes as from their values', async () => {
    const plan = mlpPlan();
    const data = planData(plan, await streamed());
    expect(data.resident).toEqual({});
    expect(await trained(plan, data, 'compact')).toEqual(await trained(plan, data, 'values'));
  });

  it('takes every sample once an epoch, from few blocks at a time', async () => {
    const plan = mlpPlan();
    const data = planData(plan, await streamed());
    const layout = data.blocks;
    if (!layout) throw new Error('the source has no blocks');
    const asked: number[] = [];
    const recording: PlanData = {
      ...data,
      gather: (request) => {
        asked.push(...(request.indices?.subarray(request.start, request.start + request.size) ?? []));
        return data.gather(request);
      },
    };
    const order = new TrainingOrder({ data: recording, batchSize: 250, seed: 1, form: 'compact' });
    while (!order.epochDone) order.advance((await order.take()).size);
    const seen = new Set(asked);
    expect(asked.length).toBe(55_000);
    expect(seen.size).toBe(55_000);
    const window = layout.rows * layout.held;
    // The last block is smaller, so that a stretch of this length may lie in two windows.
    for (let start = 0; start < asked.length; start += window) {
      const blocks = asked.slice(start, start + window).map((index) => Math.floor(index / layout.rows));
      expect(new Set(blocks).size).toBeLessThanOrEqual(2 * layout.held);
    }
    expect(asked.slice(0, window)).not.toEqual(asked.slice(0, window).sort((a, b) => a - b));
  });

  it('a run from files is trained, validated and tested like any other', async () => {
    const run = await newRun(smallNetwork({ epochs: 1 }));
    const launched = launch(runtime, run, {
      openData: async (plan) => {
        const [dataset] = plan.datasets;
        const source = await mnistLoader.open(dataset?.params ?? {}, dataset?.facts, {
          memoryBytes: BUDGET,
        });
        const data = planData(plan, source);
        return { ...data, counts: { ...data.counts, validation: 500, test: 500 } };
      },
    });
    await launched.live.ended;
    expect(launched.state()).toBe('finished');
    expect(
      launched
        .points()
        .filter(({ whole }) => whole)
        .map(({ split }) => split),
    ).toEqual(['train', 'validation', 'test']);
    launched.live.model?.session.dispose();
  });
});

describe('a file of numbers', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'neuroloom-blocks-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const format: ColumnFormat = { stored: 'float32', dtype: 'float32', divisor: 2, shape: [3] };
  const rows = 5000;
  const facts = { outputs: {}, splits: { train: 4000, validation: 500, test: 500 } };
  const firstRow = { train: 500, validation: 0, test: 4500 };

  async function source(memoryBytes: number) {
    const path = join(folder, 'numbers');
    const numbers = Float32Array.from({ length: rows * 3 }, (_, index) => index);
    await writeFile(path, Buffer.concat([Buffer.alloc(7), Buffer.from(numbers.buffer)]));
    const blocks = new BlockSource({
      facts,
      shuffle: true,
      columns: { x: { format, parts: [{ rows, path, offset: 7 }] } },
      firstRow,
      rows,
      memoryBytes,
    });
    const table = createTableSource(facts, true, {
      columns: { x: { format, data: numbers } },
      firstRow,
      rows,
    });
    return { path, blocks, table };
  }

  it('is read where its splits begin anywhere and its numbers are not aligned', async () => {
    const { blocks, table } = await source(2000);
    for (const split of ['train', 'validation', 'test'] as const) {
      const request = { split, indices: Uint32Array.of(499, 3, 250, 0), start: 0, size: 4 };
      expect(await blocks.gather(request)).toEqual(table.gather(request));
    }
  });

  it('says which file it is that cannot be read any more, and goes on when it can', async () => {
    const { path, blocks } = await source(2000);
    const request = { split: 'train', indices: null, start: 100, size: 2 } as const;
    await rm(path);
    await expect(blocks.gather(request)).rejects.toThrow(path);
    const again = await source(2000);
    expect(await blocks.gather(request)).toEqual(again.table.gather(request));
  });
});
