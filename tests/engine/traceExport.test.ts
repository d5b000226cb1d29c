import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAddon } from '#main/engine/addon/neuroloomAddon.ts';
import type { Runtime } from '#main/engine/runtime.ts';
import type { Plan } from '#shared/compile/plan.ts';
import { packPath } from './packPath.ts';
import {
  adam,
  chainPlan,
  cnnPlan,
  imageBatch,
  mlpPlan,
  nativeRuntime,
  ratesOf,
  startSession,
} from './traceSupport.ts';

const richPlan = chainPlan(
  [
    { id: 'conv', kind: 'conv2d', params: { filters: 4, strides: [2, 2], activation: 'gelu' } },
    { id: 'norm', kind: 'batch-normalization' },
    { id: 'pool', kind: 'average-pool2d', params: { padding: 'same' } },
    { id: 'drop', kind: 'dropout' },
    { id: 'flatten', kind: 'flatten' },
    { id: 'output', kind: 'dense', params: { units: 10 } },
  ],
  adam,
);

const volumePlan = chainPlan(
  [
    { id: 'volume', kind: 'reshape', params: { shape: [7, 14, 4, 2] } },
    { id: 'border', kind: 'padding', params: { depth: [1, 2] } },
    { id: 'fixed', kind: 'adaptive-pool', params: { size: [4, 3], depth: 5 } },
    { id: 'series', kind: 'reshape', params: { shape: [20, 6] } },
    { id: 'apart', kind: 'depthwise-conv1d', params: { padding: 'causal', dilations: 2, strides: 2 } },
    { id: 'mixed', kind: 'separable-conv1d', params: { filters: 8 } },
    { id: 'flatten', kind: 'flatten' },
    { id: 'output', kind: 'dense', params: { units: 10 } },
  ],
  adam,
);

describe.each<[string, Plan]>([
  ['MLP', mlpPlan()],
  ['CNN', cnnPlan()],
  ['network with normalisation, pooling and dropout', richPlan],
  ['network of volumes and series', volumePlan],
])('the SavedModel of a %s', (_, plan) => {
  let folder: string;
  let runtime: Runtime;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'neuroloom-savedmodel-'));
    runtime = await nativeRuntime();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('answers any batch size like the session', async () => {
    const session = await startSession(runtime, plan);
    for (let i = 0; i < 3; i += 1) await session.trainStep(imageBatch(32, i), ratesOf(plan));
    const dir = join(folder, 'model');
    await runtime.exportSavedModel?.({ plan, state: await session.readState(), dir });
    expect((await readFile(join(dir, 'saved_model.pb'))).length).toBeGreaterThan(1000);

    const addon = loadAddon(join(packPath, 'addon', 'neuroloom.node'));
    const model = addon.loadSavedModel(dir, 'serve');
    for (const size of [1, 5, 64]) {
      const batch = imageBatch(size, 7);
      const expected = await session.predict(batch);
      const images = batch.values['data.image'];
      if (!images) throw new Error('no images');
      const input = addon.createTensor([...images.shape], addon.TF_FLOAT, images.data);
      const outputs = addon.runSavedModel(model, [input], 'image', 'probabilities,logits');
      const probabilities = addon.tensorDataSync(outputs[0]?.id ?? -1);
      expect(outputs[0]?.shape).toEqual([size, 10]);
      expect(probabilities.length).toBe(size * 10);
      const wanted = expected.loss?.data ?? [];
      for (const [index, value] of probabilities.entries())
        expect(value).toBeCloseTo(wanted[index] ?? Number.NaN, 5);
      addon.deleteTensor(input);
      for (const { id } of outputs) addon.deleteTensor(id);
    }
    addon.deleteSavedModel(model);
    session.dispose();
  });
});
