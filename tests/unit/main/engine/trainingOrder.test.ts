import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataSource } from '#main/engine/data/dataSource.ts';
import { combineSources, type PlanData } from '#main/engine/data/planData.ts';
import { TrainingOrder } from '#main/engine/data/trainingOrder.ts';

/** A data set whose only value is the sample's index. */
function indices(count: number, shuffle = true): PlanData {
  const facts = { outputs: {}, splits: { train: count, validation: 0, test: 0 } };
  const source: DataSource = {
    facts,
    shuffle,
    bytes: 0,
    gather: ({ indices: order, start, size }) => ({
      x: {
        shape: [size],
        dtype: 'int32',
        data: Int32Array.from({ length: size }, (_, row) =>
          order ? (order[start + row] ?? -1) : start + row,
        ),
      },
    }),
  };
  return combineSources([{ dataset: { path: 'data', loader: 'indices', params: {}, facts }, source }]);
}

async function takeBatch(order: TrainingOrder): Promise<number[]> {
  const batch = await order.take();
  order.prefetch();
  order.advance(batch.size);
  return [...(batch.values['data.x']?.data ?? [])];
}

async function takeEpoch(order: TrainingOrder): Promise<number[][]> {
  const batches: number[][] = [];
  while (!order.epochDone) batches.push(await takeBatch(order));
  order.nextEpoch();
  return batches;
}

describe('training order', () => {
  it('takes every sample once an epoch, the smaller last batch included', async () => {
    const sizes = [fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 64 })] as const;
    await fc.assert(
      fc.asyncProperty(...sizes, async (count, batchSize) => {
        const order = new TrainingOrder({ data: indices(count), batchSize, seed: 1 });
        const batches = await takeEpoch(order);
        expect(batches.length).toBe(Math.ceil(count / batchSize));
        expect(batches.flat().sort((a, b) => a - b)).toEqual(
          Array.from({ length: count }, (_, index) => index),
        );
      }),
    );
  });

  it('has another order in each epoch, and the same for the same seed', async () => {
    const take = async (seed: number) => {
      const order = new TrainingOrder({ data: indices(50), batchSize: 8, seed });
      return [await takeEpoch(order), await takeEpoch(order)];
    };
    const [first, second] = await take(3);
    expect(first).not.toEqual(second);
    expect(await take(3)).toEqual([first, second]);
    expect((await take(4))[0]).not.toEqual(first);
  });

  it('keeps the file order where it is not to be shuffled', async () => {
    const order = new TrainingOrder({ data: indices(5, false), batchSize: 2, seed: 1 });
    expect(await takeEpoch(order)).toEqual([[0, 1], [2, 3], [4]]);
  });

  it('goes on from its cursor with the very next batch', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.nat(), async (taken, seed) => {
        const data = indices(37);
        const whole = new TrainingOrder({ data, batchSize: 5, seed });
        const next = async (order: TrainingOrder) => {
          if (order.epochDone) order.nextEpoch();
          return takeBatch(order);
        };
        for (let i = 0; i < taken; i += 1) await next(whole);
        const cursor = JSON.parse(JSON.stringify(whole.cursor()));
        const resumed = new TrainingOrder({ data, batchSize: 5, seed: 999, cursor });
        for (let i = 0; i < 20; i += 1) expect(await next(resumed)).toEqual(await next(whole));
      }),
    );
  });

  it('gives other batches where the random state was lost', async () => {
    const data = indices(100);
    const whole = new TrainingOrder({ data, batchSize: 5, seed: 1 });
    await takeEpoch(whole);
    const lost = {
      ...whole.cursor(),
      random: new TrainingOrder({ data, batchSize: 5, seed: 1 }).cursor().random,
    };
    const resumed = new TrainingOrder({ data, batchSize: 5, seed: 1, cursor: lost });
    expect(await takeBatch(resumed)).not.toEqual(await takeBatch(whole));
  });

  it('refuses data sets of different sizes', () => {
    const facts = (count: number) => ({ outputs: {}, splits: { train: count, validation: 0, test: 0 } });
    const part = (path: string, count: number) => ({
      dataset: { path, loader: 'x', params: {}, facts: facts(count) },
      source: { facts: facts(count), shuffle: false, bytes: 0, gather: () => ({}) },
    });
    expect(() => combineSources([part('a', 3), part('b', 4)])).toThrow(/do not pair up/);
  });
});
