import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlanData } from '#main/engine/data/planData.ts';
import { encodeSafetensors } from '#main/engine/exports/safetensors.ts';
import type { Runtime } from '#main/engine/runtime.ts';
import { initializeWeights } from '#main/engine/train/initialize.ts';
import { chainPlan, nativeRuntime } from '../engine/traceSupport.ts';
import { judge, preparePython } from './pythonJudge.ts';

const STEPS = 20;
const BATCH = 32;

let runtime: Runtime;
let folder: string;
beforeAll(async () => {
  await preparePython('requirements.txt');
  await preparePython('requirements-torch.txt');
  runtime = await nativeRuntime();
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-parity-'));
}, 1_800_000);
afterAll(() => rm(folder, { recursive: true }));

/** The network of judge_training.py. */
const layers = [
  { id: 'conv', kind: 'conv2d', params: { filters: 8, padding: 'same' } },
  { id: 'norm', kind: 'batch-normalization', params: { epsilon: 1e-3 } },
  { id: 'relu', kind: 'activation', params: { activation: 'relu' } },
  { id: 'pool', kind: 'max-pool2d' },
  { id: 'flatten', kind: 'flatten' },
  { id: 'logits', kind: 'dense', params: { units: 10 } },
];

/** Tolerances relative to PyTorch in double precision (in single precision it is itself 1e-5 away from that). */
describe.each([
  // TensorFlow's kernel has 1 − 0.999 in single precision, 1.3e-5 off.
  ['adam', { id: 'optimizer', kind: 'adam', params: { learningRate: 1e-3 } }, 1e-3, 1e-5],
  [
    'sgd',
    { id: 'optimizer', kind: 'sgd', params: { learningRate: 0.01, momentum: 0.9, weightDecay: 1e-4 } },
    0.01,
    1e-6,
  ],
] as const)('%s', (name, optimizer, learningRate, tolerance) => {
  it('gives the losses of PyTorch over 20 steps', async () => {
    const plan = chainPlan(layers, optimizer);
    const data = await openPlanData(plan);
    const initialWeights = initializeWeights(plan, 3);
    const session = await runtime.createSession(plan, { seed: 3, initialWeights });
    const { tensors } = await session.readState();
    const weightsFile = join(folder, `${name}-weights.safetensors`);
    await writeFile(
      weightsFile,
      Buffer.concat(encodeSafetensors(new Map([...tensors].filter(([, { role }]) => role !== 'slot')))),
    );

    const images = new Float32Array(STEPS * BATCH * 784);
    const labels = new Float32Array(STEPS * BATCH);
    const ours: number[] = [];
    for (let step = 0; step < STEPS; step += 1) {
      const batch = await data.gather({ split: 'train', indices: null, start: step * BATCH, size: BATCH });
      images.set(batch.values['data.image']?.data ?? [], step * BATCH * 784);
      labels.set(batch.values['data.label']?.data ?? [], step * BATCH);
      ours.push((await session.trainStep(batch, { optimizer: learningRate })).loss);
    }
    session.dispose();
    const batchesFile = join(folder, `${name}-batches.safetensors`);
    await writeFile(
      batchesFile,
      Buffer.concat(
        encodeSafetensors(
          new Map([
            ['images', { shape: [STEPS, BATCH, 28, 28, 1], data: images }],
            ['labels', { shape: [STEPS, BATCH], data: labels }],
          ]),
        ),
      ),
    );
    const theirs = JSON.parse(await judge('judge_training.py', name, weightsFile, batchesFile)) as number[];
    for (const [step, loss] of theirs.entries()) {
      expect(Math.abs((ours[step] ?? Number.NaN) - loss) / loss).toBeLessThan(tolerance);
    }
  });
});
