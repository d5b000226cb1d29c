import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test as base } from '@playwright/test';
import { Neuroloom } from './Neuroloom.ts';

const run = promisify(execFile);
const cli = join('dist', 'cli', 'neuroloom.cjs');

/** A server of its own for one test, with folders of its own. */
export interface ServedApp {
  url: string;
  /** What the page may open and save. */
  readonly filesRoot: string;
  readonly dataDir: string;
  /** Process ids of the server's engines. */
  enginePids(): Promise<number[]>;
  /** Names of the copies of unsaved work. */
  recoveryCopies(): Promise<string[]>;
  /** Ends the server as a crash would. */
  crash(): Promise<void>;
  /** A new server on the same folders, at a new address. */
  startAgain(): Promise<void>;
  /** Runs a command of the command line on the same data folder and gives what it printed. */
  command(...args: string[]): Promise<string>;
}

async function childrenOf(pid: number): Promise<{ pid: number; command: string }[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [child, parent, ...command] = line.trim().split(/\s+/);
    return Number(parent) === pid ? [{ pid: Number(child), command: command.join(' ') }] : [];
  });
}

async function stop(server: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  await ended;
}

/** Tests with the real server, its real engine, and a page opened on it. */
export const test = base.extend<{ served: ServedApp; app: Neuroloom }>({
  served: async ({ browserName: _browser }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'neuroloom-e2e-'));
    const filesRoot = join(folder, 'files');
    const dataDir = join(folder, 'data');
    await mkdir(filesRoot);
    const serve = async (): Promise<{ server: ChildProcess; url: string }> => {
      const server = spawn(process.execPath, [cli, 'serve', '--data-dir', dataDir, '--root', filesRoot]);
      const url = await new Promise<string>((resolve, reject) => {
        server.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
        server.once('exit', (code) => reject(new Error(`serve ended with ${code}`)));
      });
      return { server, url };
    };
    let { server, url } = await serve();
    const app: ServedApp = {
      url,
      async recoveryCopies() {
        const names = await readdir(join(dataDir, 'recovery')).catch(() => []);
        // One that is being written has another name.
        return names.filter((name) => name.endsWith('.recovery'));
      },
      crash: () => stop(server, 'SIGKILL'),
      async startAgain() {
        ({ server, url } = await serve());
        app.url = url;
      },
      filesRoot,
      dataDir,
      async enginePids() {
        const children = await childrenOf(server.pid ?? -1);
        return children.filter(({ command }) => command.includes('engine.cjs')).map(({ pid }) => pid);
      },
      async command(...args) {
        return (await run(process.execPath, [cli, ...args, '--data-dir', dataDir])).stdout;
      },
    };
    await use(app);
    await stop(server);
    await rm(folder, { recursive: true, force: true });
  },
  app: async ({ page, served }, use) => {
    const app = new Neuroloom(page);
    await page.goto(served.url);
    await app.waitForStart();
    await use(app);
  },
});
export { expect } from '@playwright/test';
