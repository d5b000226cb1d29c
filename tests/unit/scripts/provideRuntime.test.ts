import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { provideRuntime } from '../../../scripts/provideRuntime.mjs';
import { findCompiler } from '../../../scripts/runtimePack/compileAddon.mjs';
import { findPip } from '../../../scripts/runtimePack/findPip.mjs';
import { PackFailure } from '../../../scripts/runtimePack/packFailure.mjs';
import { ensureRuntimePack } from '../../../scripts/runtimePack.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'neuroloom-runtime-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A machine on which no program is found. */
function withoutPrograms() {
  const empty = join(folder, 'no-programs');
  mkdirSync(empty, { recursive: true });
  vi.stubEnv('PATH', empty);
  vi.stubEnv('CXX', undefined);
  vi.stubEnv('NEUROLOOM_PYTHON', undefined);
}

function failureOf(action: () => unknown): PackFailure {
  try {
    action();
  } catch (error) {
    if (error instanceof PackFailure) return error;
  }
  throw new Error('did not fail as expected');
}

describe('a machine without', () => {
  it('Python is told what to install', () => {
    withoutPrograms();
    const { message, advice } = failureOf(() => findPip(folder));
    expect(message).toBe('No Python was found.');
    expect(advice).toContain('Install Python 3');
  });

  it('a compiler is told what to install, before anything is downloaded', async () => {
    withoutPrograms();
    const { message, advice } = failureOf(findCompiler);
    const cacheFolder = join(folder, 'cache');
    const result = await ensureRuntimePack({ packDir: join(folder, 'packs'), cacheFolder });
    expect(result.ok).toBe(false);
    // Where there is no pack for the platform at all, that is the reason.
    if (!existsSync(cacheFolder)) return;
    expect(result).toEqual({ ok: false, reason: message, advice });
    expect(readdirSync(cacheFolder)).toEqual([]);
    expect(readdirSync(join(folder, 'packs'))).toEqual([]);
  });
});

describe('set-up without a native runtime', () => {
  const missing = { ok: false, reason: 'No C++ compiler was found.', advice: 'Install one.' } as const;

  async function attempt(retry: boolean, result: Awaited<ReturnType<typeof ensureRuntimePack>>) {
    const lines: string[] = [];
    const build = vi.fn(async () => result);
    await provideRuntime({ projectRoot: folder, retry, build, log: (line) => lines.push(line) });
    return { text: lines.join('\n'), tried: build.mock.calls.length };
  }

  it('says why, what to do, and that training goes on', async () => {
    const { text, tried } = await attempt(false, missing);
    expect(tried).toBe(1);
    expect(text).toContain('not available. No C++ compiler was found.');
    expect(text).toContain('Install one.');
    expect(text).toContain('next engine of the ladder');
  });

  it('is not tried at every start, but when asked for', async () => {
    await attempt(false, missing);
    const again = await attempt(false, missing);
    expect(again.tried).toBe(0);
    expect(again.text).toContain('No C++ compiler was found.');
    expect(again.text).toContain('npm run setup');
    expect((await attempt(true, missing)).tried).toBe(1);
    expect((await attempt(true, { ok: true, state: 'built' })).text).toBe('  native runtime: built');
    expect((await attempt(false, { ok: true, state: 'present' })).tried).toBe(1);
  });
});
