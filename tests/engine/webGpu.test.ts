import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { selectRuntime } from '#main/engine/runtimes/select.ts';
import { findDawn } from '#main/engine/runtimes/webgpu/dawn.ts';
import { probeWebGpu, type WebGpuTrial } from '#main/engine/runtimes/webgpu/probeWebGpu.ts';
import { adam, chainPlan, imageBatch, ratesOf, startSession } from './traceSupport.ts';

let empty: string;
let trial: WebGpuTrial;
beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), 'neuroloom-nothing-'));
  const dawn = findDawn([empty]);
  if (dawn === null) throw new Error('the npm package webgpu has nothing for this platform');
  trial = await probeWebGpu(dawn);
});
afterAll(() => rm(empty, { recursive: true, force: true }));

it('WebGPU computes where it is asked for and there is an adapter; else it says why not', async () => {
  const { info } = await selectRuntime({ requested: 'webgpu', packDirs: [empty] });
  if (trial.works) {
    expect(info).toMatchObject({ id: 'webgpu', label: 'TensorFlow.js 4.22 · WebGPU', notes: [] });
    expect(info.device).not.toBe('');
  } else {
    expect(info.id).toBe('cpu');
    expect(info.notes).toEqual([
      expect.objectContaining({
        code: expect.stringMatching(/^webgpu-(no-vulkan|no-adapter|trial-failed)$/),
        message: expect.stringMatching(/^WebGPU: .+\.$/),
      }),
    ]);
  }
});

it('a step makes no new buffers on the card, which take longer than computing', async ({ skip }) => {
  if (!trial.works) skip('this machine has no adapter');
  const runtime = await selectRuntime({ requested: 'webgpu', packDirs: [empty] });
  const output = { id: 'output', kind: 'dense', params: { units: 10 } };
  const plan = chainPlan([{ id: 'flatten', kind: 'flatten' }, output], adam);
  const session = await startSession(runtime, plan);
  const step = () => session.trainStep(imageBatch(2), ratesOf(plan));
  for (let i = 0; i < 3; i += 1) await step();
  const { device } = tf.backend() as unknown as { readonly device: GPUDevice };
  const created = vi.fn(device.createBuffer.bind(device));
  Object.defineProperty(device, 'createBuffer', { value: created, configurable: true });
  await step();
  expect(created).not.toHaveBeenCalled();
  session.dispose();
});

it('a graphics card in software is not taken by itself, and the note says how to take it', async () => {
  const { info } = await selectRuntime({ requested: null, packDirs: [empty] });
  if (trial.works && !trial.software) {
    expect(info.id).toBe('webgpu');
    return;
  }
  expect(info.id).toBe('cpu');
  const code = trial.works ? 'webgpu-software' : expect.stringMatching(/^webgpu-/);
  expect(info.notes.at(-1)).toMatchObject({ code });
});

it('a trial of something that is no addon fails without an exception', async () => {
  expect(await probeWebGpu(join(empty, 'dawn.node'))).toMatchObject({
    works: false,
    why: 'trial-failed',
    trial: { how: 'code', what: '1' },
  });
});

it('CUDA that is asked for is refused with a reason, and the next engine is taken', async () => {
  const { info } = await selectRuntime({ requested: 'tensorflow-cuda', packDirs: [empty] });
  expect(info.notes[0]).toMatchObject({ code: expect.stringMatching(/^cuda-(no-card|pack-missing)$/) });
});
