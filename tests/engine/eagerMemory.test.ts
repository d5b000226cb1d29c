import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createCpuRuntime } from '#main/engine/runtimes/eager/cpuRuntime.ts';
import { planOf, ratesOf, startSession } from './traceSupport.ts';

/** Whole numbers go into it at several places. */
const plan = planOf([
  { id: 'novel', kind: 'moby-dick', params: { context: 6 } },
  { id: 'characters', kind: 'embedding', params: { units: 8 }, inputs: { x: 'novel.text' } },
  { id: 'positions', kind: 'position-embedding', inputs: { x: 'characters.y' } },
  { id: 'norm', kind: 'layer-normalization', inputs: { x: 'positions.y' } },
  {
    id: 'attention',
    kind: 'multi-head-attention',
    params: { heads: 2, causal: true },
    inputs: { query: 'norm.y', key: 'norm.y', value: 'norm.y' },
  },
  { id: 'gelu', kind: 'activation', params: { activation: 'gelu' }, inputs: { x: 'attention.y' } },
  { id: 'logits', kind: 'dense', params: { units: 83 }, inputs: { x: 'gelu.y' } },
  { id: 'loss', kind: 'softmax-cross-entropy', inputs: { logits: 'logits.y', labels: 'novel.next' } },
  { id: 'accuracy', kind: 'accuracy', inputs: { prediction: 'logits.y', labels: 'novel.next' } },
  { id: 'adam', kind: 'adam', inputs: { loss: 'loss.loss' } },
]);

it('a step of a language model leaves no tensors behind', async () => {
  const session = await startSession(createCpuRuntime([]), plan);
  const text = {
    shape: [2, 6],
    dtype: 'int32' as const,
    data: Int32Array.from({ length: 12 }, (_, at) => at),
  };
  const batch = { size: 2, values: { 'novel.text': text, 'novel.next': text } };
  await session.trainStep(batch, ratesOf(plan));
  const before = tf.memory().numTensors;
  await session.trainStep(batch, ratesOf(plan));
  await session.trainStep(batch, ratesOf(plan));
  expect(tf.memory().numTensors - before).toBe(0);
  session.dispose();
});
