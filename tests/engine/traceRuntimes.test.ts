import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { selectRuntime } from '#main/engine/runtimes/select.ts';
import { packPath } from './packPath.ts';
import { imageBatch, mlpPlan, nativeRuntime, ratesOf, startSession } from './traceSupport.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-packs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('the ladder takes the native runtime where its pack is', async () => {
  await nativeRuntime();
  const { info } = await selectRuntime({ requested: null, packDirs: [folder, dirname(packPath)] });
  expect(info).toMatchObject({ id: 'tensorflow-cpu', label: 'TensorFlow 2.21.0', notes: [] });
});

it('without a pack it trains on the next engine and says why', async () => {
  const runtime = await selectRuntime({ requested: null, packDirs: [folder] });
  expect(['webgpu', 'cpu']).toContain(runtime.info.id);
  expect(runtime.info.notes.map(({ message }) => message).join(' ')).toContain(
    'neuroloom runtimes install tensorflow-cpu',
  );
  const plan = mlpPlan();
  const session = await startSession(runtime, plan);
  const first = await session.trainStep(imageBatch(16), ratesOf(plan));
  const second = await session.trainStep(imageBatch(16), ratesOf(plan));
  expect(second.loss).toBeLessThan(first.loss);
  session.dispose();
});

it('a pack that does not load is passed over, with the reason', async () => {
  const addon = join(folder, 'broken', 'tensorflow-cpu-2.21.0', 'addon', 'neuroloom.node');
  await mkdir(dirname(addon), { recursive: true });
  await writeFile(addon, 'no library');
  const { info } = await selectRuntime({ requested: null, packDirs: [join(folder, 'broken')] });
  expect(['webgpu', 'cpu']).toContain(info.id);
  expect(info.notes[0]).toMatchObject({
    code: 'pack-trial-failed',
    data: { engine: 'native', how: 'code', what: '1' },
    message: expect.stringMatching(/TensorFlow on the processor: its trial ended with code 1/),
  });
});

it('the rung that is asked for is taken without looking at better ones', async () => {
  const { info } = await selectRuntime({ requested: 'cpu', packDirs: [dirname(packPath)] });
  expect(info).toMatchObject({ id: 'cpu', notes: [] });
});
