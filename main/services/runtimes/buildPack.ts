import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PackId, PackTask } from '#shared/protocol/runtimes.ts';
import { PackFailure } from './packFailure.ts';

/** The script of a checkout that builds a pack out of the wheels of the package index. */
const script = (root: string): string => join(root, 'scripts', 'runtimePack.mjs');

/** Platforms for which the index has wheels that a pack can be made of. */
const platforms: Readonly<Record<PackId, readonly string[]>> = {
  'tensorflow-cpu': ['linux-x64', 'linux-arm64', 'darwin-arm64'],
  'tensorflow-cuda': ['linux-x64'],
};

/** Whether a pack can be built here: in a checkout, whose sources and scripts are files. */
export const canBuild = (root: string, id: PackId): boolean =>
  platforms[id].includes(`${process.platform}-${process.arch}`) && existsSync(script(root));

export interface BuildPackOptions {
  readonly root: string;
  readonly runtimesDir: string;
  readonly id: PackId;
  readonly signal: AbortSignal;
  readonly nodePath?: string | undefined;
  onProgress(progress: Pick<PackTask, 'phase' | 'done' | 'total'>): void;
}

/** Builds a pack from wheels in a process of its own: it stages, tries and switches like every other way. */
export function buildPack({
  root,
  runtimesDir,
  id,
  signal,
  nodePath,
  onProgress,
}: BuildPackOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(nodePath ?? process.execPath, [script(root), '--dir', runtimesDir, '--id', id], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NEUROLOOM_PROGRESS_MS: '500' },
      // A group of its own, so that a cancelled build ends with the pip and the compiler that it started.
      detached: process.platform !== 'win32',
    });
    const lines: string[] = [];
    const cancel = () => {
      if (child.pid === undefined) return;
      if (process.platform === 'win32') child.kill();
      else process.kill(-child.pid, 'SIGTERM');
    };
    signal.addEventListener('abort', cancel, { once: true });
    createInterface({ input: child.stdout }).on('line', (line) => onProgress(readProgress(line)));
    createInterface({ input: child.stderr }).on('line', (line) => lines.push(line.trim()));
    child.once('error', (error) => reject(new PackFailure('pack-not-built', { id, detail: error.message })));
    child.once('close', (code) => {
      signal.removeEventListener('abort', cancel);
      if (signal.aborted) reject(signal.reason);
      else if (code === 0) resolve();
      else
        reject(
          new PackFailure('pack-not-built', {
            id,
            detail: lines.filter(Boolean).slice(-2).join(' ') || 'none',
          }),
        );
    });
  });
}

const phases: Readonly<Record<string, PackTask['phase']>> = {
  download: 'download',
  unpack: 'unpack',
  compile: 'build',
  compiled: 'try',
};

/** `  download tensorflow_cpu-2.21.0….whl: 120 of 274 MB`. */
export function readProgress(line: string): Pick<PackTask, 'phase' | 'done' | 'total'> {
  const phase = phases[/^\w+/.exec(line.trim())?.[0] ?? ''] ?? 'prepare';
  const amount = /(\d+) MB of (\d+) MB/.exec(line);
  return amount
    ? { phase, done: Number(amount[1]) * 1e6, total: Number(amount[2]) * 1e6 }
    : { phase, done: null, total: null };
}
