import { describe, expect, it } from 'vitest';
import type { Batch } from '#main/engine/runtime.ts';
import { createCpuRuntime } from '#main/engine/runtimes/eager/cpuRuntime.ts';
import { initializeWeights } from '#main/engine/train/initialize.ts';
import { codePerplexity } from '#shared/nodes/metrics/code-perplexity.ts';
import { relativeError } from '#shared/nodes/metrics/relative-error.ts';
import { nativeRuntime, planOf } from './traceSupport.ts';

/** Iris measures in two far apart heaps. */
const heaps: Batch = {
  size: 8,
  values: {
    'data.features': {
      shape: [8, 4],
      dtype: 'float32',
      data: Float32Array.from({ length: 32 }, (_, at) => (at < 16 ? 5 : -5) + 0.01 * at),
    },
    'data.label': { shape: [8], dtype: 'int32', data: new Int32Array(8) },
  },
};

function quantizer(params: Record<string, unknown>) {
  return planOf([
    { id: 'data', kind: 'iris' },
    {
      id: 'signs',
      kind: 'vector-quantizer',
      params: { entries: 4, ...params },
      inputs: { x: 'data.features' },
    },
    { id: 'dense', kind: 'dense', params: { units: 3 }, inputs: { x: 'signs.y' } },
    { id: 'loss', kind: 'softmax-cross-entropy', inputs: { logits: 'dense.y', labels: 'data.label' } },
    { id: 'adam', kind: 'adam', inputs: { loss: 'loss.loss' } },
  ]);
}

describe.each(['native', 'cpu'])('a codebook that learns by averages, on %s', (rung) => {
  const distances = async (params: Record<string, unknown>, steps: number) => {
    const plan = quantizer(params);
    const runtime = rung === 'native' ? await nativeRuntime() : createCpuRuntime([]);
    const session = await runtime.createSession(plan, {
      seed: 1,
      initialWeights: initializeWeights(plan, 1),
    });
    for (let step = 0; step < steps; step += 1) await session.trainStep(heaps, { adam: 0 });
    const [distance] = await session.compute(heaps, {
      values: [{ path: 'signs', port: 'distance' }],
      draw: 0,
    });
    session.dispose();
    return Math.max(...(distance?.data ?? []));
  };

  it('has entries where the rows are after few steps, from wherever it started', async () => {
    expect(await distances({}, 0)).toBeGreaterThan(10);
    expect(await distances({ decay: 0.9 }, 120)).toBeLessThan(1);
  });
});

describe('figures', () => {
  it('codes in use: as many as there are equally often, fewer where some are rare', () => {
    expect(
      codePerplexity.role === 'metric' && codePerplexity.finish({ 'counts[0]': 5, 'counts[1]': 5 }),
    ).toBeCloseTo(2);
    expect(
      codePerplexity.role === 'metric' &&
        codePerplexity.finish({ 'counts[0]': 9, 'counts[1]': 1, 'counts[2]': 0 }),
    ).toBeCloseTo(Math.exp(-0.9 * Math.log(0.9) - 0.1 * Math.log(0.1)));
  });

  it('relative error: the share of the baseline’s', () => {
    expect(relativeError.role === 'metric' && relativeError.finish({ own: 2, baseline: 8 })).toBe(0.25);
  });
});
