import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEngineHost } from '#main/engineHost/engineHost.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-memory-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What TensorFlow 2.21 writes before a fused kernel crashes for want of memory. */
const notice =
  'W0000 00:00:1795477243.088532   11339 bfc_allocator.cc:502] Allocator (mklcpu) ran out of memory trying to allocate 931.32GiB (rounded to 1000000000000)requested by op program0/evaluate/wide/BiasAdd';

it('an engine that crashes for want of memory is said to have run out of memory', async () => {
  const enginePath = join(folder, 'engine.cjs');
  await writeFile(
    enginePath,
    `process.stderr.write(${JSON.stringify(`${notice}\nCurrent allocation summary follows.\n`)}, () => process.kill(process.pid, 'SIGSEGV'));`,
  );
  const logged: string[] = [];
  const host = createEngineHost({
    enginePath,
    packDirs: [],
    runtime: null,
    log: (line) => logged.push(line),
  });
  const exit = await new Promise<{ reason: string; message: string }>((resolve) => {
    host.onStatus(({ lastExit }) => lastExit && resolve(lastExit));
  });
  await host.dispose();
  expect(exit.reason).toBe('out-of-memory');
  expect(exit.message).toMatch(/ran out of memory/);
  expect(logged).toEqual([]);
});
