import { fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const engine = fileURLToPath(new URL('../../dist/engine/engine.cjs', import.meta.url));

it('leaves no engine behind where the host is killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'neuroloom-orphan-'));
  const program = join(folder, 'host.cjs');
  await writeFile(
    program,
    `const { fork } = require('node:child_process');
     const engine = fork(${JSON.stringify(engine)}, [], { serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
     engine.once('message', () => process.send(engine.pid));`,
  );
  const host = fork(program);
  const pid = await new Promise<number>((resolve) => host.once('message', (value) => resolve(Number(value))));
  expect(() => process.kill(pid, 0)).not.toThrow();
  host.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 15_000, interval: 50 }).toBe(false);
  await rm(folder, { recursive: true });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
