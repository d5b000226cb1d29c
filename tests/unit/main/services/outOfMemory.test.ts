import { describe, expect, it } from 'vitest';
import { engineFailure } from '#main/services/engineFailure.ts';
import { explainOutOfMemory, forecastFailure } from '#main/services/outOfMemory.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { forecastMemory, smallerBatch } from '#shared/compile/memoryForecast.ts';
import type { Plan } from '#shared/compile/plan.ts';
import { graphDocumentSchema } from '#shared/graph/document.ts';
import { templates } from '#shared/templates/index.ts';

/** The MLP of the templates with so many units in its first layer. */
function plan(units: number, batchSize: number): Plan {
  const template = templates.find(({ id }) => id === 'mlp-mnist');
  if (!template) throw new Error('no template');
  const document = graphDocumentSchema.parse(structuredClone(template.document));
  const dense = document.nodes.find(({ kind }) => kind === 'dense');
  const created = createPlan({
    ...document,
    nodes: document.nodes.map((node) =>
      node.id === dense?.id ? { ...node, params: { ...node.params, units } } : node,
    ),
    training: { ...document.training, batchSize },
  });
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  return created.value;
}

const gigabyte = 1e9;

describe('the forecast', () => {
  it('counts weights with their slots once, and activations for each sample', () => {
    const small = forecastMemory(plan(512, 64));
    const large = forecastMemory(plan(512, 128));
    expect(large.weights).toBe(small.weights);
    expect(large.atLeast - small.atLeast).toBe(64 * (small.largest?.bytesPerSample ?? 0));
    expect(small.largest?.bytesPerSample).toBeGreaterThanOrEqual(4 * 512);
    expect(small.expected).toBeGreaterThan(small.atLeast);
    // 784 × units of the first layer alone, with two slots of Adam.
    expect(small.weights).toBeGreaterThan(4 * 4 * 784 * 512);
  });

  it('offers the largest power of two that should fit, and none where nothing does', () => {
    const forecast = forecastMemory(plan(100_000, 4096));
    const offered = smallerBatch(forecast, 8 * gigabyte);
    expect(Math.log2(offered) % 1).toBe(0);
    expect(forecastMemory(plan(100_000, offered)).expected).toBeLessThan(8 * gigabyte);
    expect(forecastMemory(plan(100_000, offered * 2)).expected).toBeGreaterThan(0.7 * 8 * gigabyte);
    expect(smallerBatch(forecast, 1e6)).toBe(0);
    expect(smallerBatch(forecast, null)).toBe(2048);
  });
});

describe('before the start', () => {
  it('a network that cannot fit is refused with its largest node, the numbers and a smaller batch', () => {
    const failure = forecastFailure(plan(500_000, 4096), 8 * gigabyte);
    expect(failure).toMatchObject({ reason: 'out-of-memory', code: 'memory-forecast' });
    expect(failure?.nodeId).toBe(forecastMemory(plan(500_000, 4096)).largest?.node.nodeId);
    expect(failure?.data).toMatchObject({ batch: 4096, free: 8_000 });
    expect(failure?.message).toMatch(/needs at least [\d\s]+ MB .* 8\s000 MB are free/);
  });

  it('one that may fit is not', () => {
    expect(forecastFailure(plan(512, 128), gigabyte)).toBeNull();
  });
});

describe('after the fact', () => {
  const failure = engineFailure('out-of-memory', 'engine-took-memory', { percent: 91, next: 'restarted' });

  it('a failure for want of memory names the node and offers half of the batch', () => {
    const explained = explainOutOfMemory({ ...failure, resumableFromStep: 40 }, plan(100_000, 512));
    expect(explained).toMatchObject({
      reason: 'out-of-memory',
      code: 'out-of-memory-at',
      nodeId: expect.any(String),
      resumableFromStep: 40,
      data: { smallerBatch: 256, batch: 512 },
    });
    expect(explained.message).toContain(failure.message);
    expect(explained.message).toContain('Try a batch of 256.');
  });

  it('any other stays as it is', () => {
    const crash = engineFailure('crashed', 'engine-killed', { next: 'other' });
    expect(explainOutOfMemory(crash, plan(512, 128))).toBe(crash);
  });
});
