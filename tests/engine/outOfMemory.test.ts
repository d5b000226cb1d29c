import { expect, it } from 'vitest';
import { toFailure } from '#main/engine/failures.ts';
import type { Batch } from '#main/engine/runtime.ts';
import { explainOutOfMemory, forecastFailure } from '#main/services/outOfMemory.ts';
import { nativeRuntime, planOf, ratesOf, startSession } from './traceSupport.ts';

/** Few weights, and 4 MB of activations for each sample. */
const plan = planOf(
  [
    { id: 'data', kind: 'two-spirals', params: { points: 6000 } },
    { id: 'wide', kind: 'dense', params: { units: 1_000_000, bias: false }, inputs: { x: 'data.point' } },
    { id: 'head', kind: 'dense', params: { units: 2 }, inputs: { x: 'wide.y' } },
    { id: 'loss', kind: 'softmax-cross-entropy', inputs: { logits: 'head.y', labels: 'data.label' } },
    { id: 'sgd', kind: 'sgd', inputs: { loss: 'loss.loss' } },
  ],
  { batchSize: 2048 },
);

const points = (size: number): Batch => ({
  size,
  values: {
    'data.point': { shape: [size, 2], dtype: 'float32', data: new Float32Array(2 * size).fill(0.5) },
    'data.label': { shape: [size], dtype: 'int32', data: new Int32Array(size) },
  },
});

it('a network too large for the machine is refused before anything is computed', () => {
  expect(forecastFailure(plan, 4e9)).toMatchObject({
    reason: 'out-of-memory',
    code: 'memory-forecast',
    nodeId: 'wide',
  });
});

it('where TensorFlow runs out of memory the failure names the largest node, and the engine lives on', async () => {
  const runtime = await nativeRuntime();
  const session = await startSession(runtime, plan);
  // 1 TB: more than any machine has.
  const failure = await session.trainStep(points(250_000), ratesOf(plan)).then(
    () => null,
    (error: unknown) => toFailure(error),
  );
  session.dispose();
  expect(failure).toMatchObject({ reason: 'out-of-memory', code: 'out-of-memory' });
  if (!failure) return;
  expect(explainOutOfMemory(failure, plan, 8e9)).toMatchObject({
    code: 'out-of-memory-at',
    nodeId: 'wide',
    data: { batch: 2048, smallerBatch: expect.any(Number) },
  });
  const small = await startSession(runtime, plan);
  expect((await small.evaluateStep(points(1))).loss).toBeGreaterThan(0);
  small.dispose();
});
