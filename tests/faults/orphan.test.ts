import { type ChildProcess, fork, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

let folder: string;
let host: ChildProcess;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-orphan-'));
});
afterEach(async () => {
  host.kill('SIGKILL');
  await rm(folder, { recursive: true, maxRetries: 5 });
});

/** Starts a host that starts `engine` and, at what it says through a `channel` of its own, tells its process. */
async function startHost(engine: string, channel: 'engine' | 'engine.stdio[4]'): Promise<number> {
  const program = join(folder, 'host.cjs');
  await writeFile(
    program,
    `const { fork } = require('node:child_process');
     const stdio = ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'];
     const engine = fork(${JSON.stringify(engine)}, [], { serialization: 'advanced', stdio });
     ${channel}.once('${channel === 'engine' ? 'message' : 'data'}', () => process.send(engine.pid));`,
  );
  host = fork(program);
  return new Promise((resolve) => host.once('message', (value) => resolve(Number(value))));
}

const gone = (pid: number) => expect.poll(() => isAlive(pid), { timeout: 20_000, interval: 50 }).toBe(false);

describe('an engine whose host is killed', () => {
  it('ends', async () => {
    const pid = await startHost(fromRoot('dist/engine/engine.cjs'), 'engine');
    expect(isAlive(pid)).toBe(true);
    host.kill('SIGKILL');
    await gone(pid);
  });

  it('is killed where its main thread takes no turn', async () => {
    const heartbeat = join(folder, 'heartbeat.cjs');
    const entryPoints = [fromRoot('main/engine/heartbeat.ts')];
    await build({ entryPoints, outfile: heartbeat, bundle: true, platform: 'node', format: 'cjs' });
    const stuck = join(folder, 'stuck.cjs');
    await writeFile(
      stuck,
      `const { startHeartbeat } = require(${JSON.stringify(heartbeat)});
       startHeartbeat(4, 100);
       setTimeout(() => { for (;;); });`,
    );
    const pid = await startHost(stuck, 'engine.stdio[4]');
    expect(isAlive(pid)).toBe(true);
    host.kill('SIGKILL');
    await gone(pid);
  });

  it.runIf(existsSync('/proc/self/autogroup'))(
    'beside a window: has a session of lowered priority, and ends',
    async () => {
      const args = ['serve', '--port', '0', '--data-dir', folder];
      host = spawn(process.execPath, [fromRoot('dist/cli/neuroloom.cjs'), ...args], { stdio: 'pipe' });
      await new Promise((resolve) => host.stdout?.once('data', resolve));
      const children = await readFile(`/proc/${host.pid}/task/${host.pid}/children`, 'utf8');
      const pid = Number(children.split(' ')[0]);
      const priority = `nice ${constants.priority.PRIORITY_BELOW_NORMAL}`;
      await expect.poll(() => readFile(`/proc/${pid}/autogroup`, 'utf8')).toContain(priority);
      host.kill('SIGKILL');
      await gone(pid);
    },
  );
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
