import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findCompiler } from '../../scripts/runtimePack/compileAddon.mjs';

const addon = 'main/engine/addon';

/** Where the runtime came ready-made there may be no compiler, and the addon is not made here either. */
function compiler(): string | null {
  try {
    return findCompiler();
  } catch {
    return null;
  }
}

it.skipIf(compiler() === null)(
  'a kernel that fails on another thread fails its caller, and the next call works',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'neuroloom-parallel-'));
    try {
      const program = join(folder, 'parallelFailure');
      const sources = ['tests/engine/parallelFailure.cc', `${addon}/kernels/parallel.cc`];
      execFileSync(compiler() ?? '', ['-std=c++17', '-pthread', `-I${addon}`, ...sources, '-o', program]);
      const [first, second, processors] = execFileSync(program, { encoding: 'utf8' }).trim().split('\n');
      // One processor has no other thread, and then nothing fails.
      const wanted = `64 elsewhere ${processors === '1' ? 'nothing' : 'bad_alloc'}`;
      expect([first, second]).toEqual([wanted, wanted]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
