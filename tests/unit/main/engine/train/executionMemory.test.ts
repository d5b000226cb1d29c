import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createExecutionMemory, executionKey } from '#main/engine/train/executionMemory.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import type { RuntimeInfo } from '#shared/protocol/run.ts';
import { templates } from '#shared/templates/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-cache-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const options = { xla: false, grappler: false, callerThread: true };

it('is there for the next process, and forgets what was not used for longest', async () => {
  const days = (count: number) => new Date(Date.UTC(2026, 0, 1) + 86_400_000 * count);
  const networks = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [
      `network ${index}`,
      { options, usedAt: days(index).toISOString() },
    ]),
  );
  await writeFile(join(folder, 'executions.json'), JSON.stringify({ networks }));
  const memory = createExecutionMemory(folder, () => days(300));
  await memory.recall('network 0');
  await memory.remember('network 200', options);
  const next = createExecutionMemory(folder);
  expect(await next.recall('network 0')).toEqual(options);
  expect(await next.recall('network 1')).toBeNull();
  expect(await next.recall('network 200')).toEqual(options);
});

it('takes a damaged file for an empty one', async () => {
  await writeFile(join(folder, 'executions.json'), '{"networks":{"a":');
  const memory = createExecutionMemory(folder);
  expect(await memory.recall('a')).toBeNull();
  await memory.remember('a', options);
  expect(JSON.parse(await readFile(join(folder, 'executions.json'), 'utf8')).networks.a.options).toEqual(
    options,
  );
});

it('does not keep a run from going on where it cannot be written', async () => {
  await writeFile(join(folder, 'file'), '');
  const memory = createExecutionMemory(join(folder, 'file'));
  await memory.remember('a', options);
  expect(await memory.recall('a')).toBeNull();
});

it('knows a network by its operations, its batch and its machine, not by its training', () => {
  const [mlp, cnn] = templates.map(({ document }) => {
    const plan = createPlan(document);
    if (!plan.ok) throw new Error('a template has problems');
    return plan.value;
  });
  if (!mlp || !cnn) throw new Error('there are no templates');
  const info: RuntimeInfo = {
    id: 'tensorflow-cpu',
    label: 'TensorFlow',
    device: 'CPU',
    threads: 2,
    notes: [],
  };
  const key = executionKey(mlp, info);
  const training = { ...mlp.training, epochs: 99, seed: 7 };
  expect(executionKey({ ...mlp, training }, info)).toBe(key);
  expect(executionKey({ ...mlp, training: { ...training, batchSize: 7 } }, info)).not.toBe(key);
  expect(executionKey(cnn, info)).not.toBe(key);
  expect(executionKey(mlp, { ...info, threads: 4 })).not.toBe(key);
});
