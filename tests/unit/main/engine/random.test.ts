import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, randomOrder, resumeRandom } from '#main/engine/data/random.ts';

describe('random', () => {
  it('gives the published numbers of xoshiro128**', () => {
    // First outputs of the reference implementation from the state 1, 2, 3, 4.
    const random = resumeRandom([1, 2, 3, 4]);
    expect([random.uint32(), random.uint32(), random.uint32()]).toEqual([11520, 0, 5927040]);
  });

  it('goes on from a saved state as if nothing had happened', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(200), (seed, skip) => {
        const random = createRandom(seed, 'a stream');
        for (let i = 0; i < skip; i += 1) random.uint32();
        const resumed = resumeRandom(JSON.parse(JSON.stringify(random.state())));
        expect(Array.from({ length: 20 }, resumed.uint32)).toEqual(Array.from({ length: 20 }, random.uint32));
      }),
    );
  });

  it('has a stream of its own for each name and seed', () => {
    const firsts = [createRandom(1, 'a'), createRandom(1, 'b'), createRandom(2, 'a')].map((r) => r.uint32());
    expect(new Set(firsts).size).toBe(3);
  });

  it('has the mean and spread of its distributions', () => {
    const random = createRandom(7, 'moments');
    const count = 100_000;
    const uniform = Array.from({ length: count }, random.uniform);
    const normal = Array.from({ length: count }, random.normal);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(uniform)).toBeCloseTo(0.5, 2);
    expect(Math.min(...uniform.slice(0, 1000))).toBeGreaterThanOrEqual(0);
    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(mean(normal.map((value) => value * value))).toBeCloseTo(1, 1);
  });

  it('orders every sample exactly once', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 500 }), (seed, count) => {
        const order = randomOrder(createRandom(seed, 'order'), count);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
      }),
    );
  });
});
