import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionState } from '#main/engine/runtime.ts';
import type { TrainerState } from '#main/engine/train/checkpointState.ts';
import {
  listCheckpoints,
  pruneCheckpoints,
  readCheckpoint,
  readNewestCheckpoint,
  writeCheckpoint,
} from '#main/engine/train/checkpoints.ts';
import { type Fault, failingFileSystem } from './failingFileSystem.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-checkpoints-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

function stateAt(step: number): { session: SessionState; trainer: TrainerState } {
  const tensor = (fill: number, role: 'weight' | 'state' | 'slot') => ({
    shape: [3],
    data: new Float32Array(3).fill(fill),
    role,
  });
  return {
    session: {
      step,
      tensors: new Map([
        ['dense/kernel', tensor(step, 'weight')],
        ['norm/mean', tensor(step + 0.25, 'state')],
        ['dense/kernel@adam/m', tensor(step + 0.5, 'slot')],
      ]),
    },
    trainer: {
      step,
      cursor: { epoch: 0, position: step, random: [1, 2, 3, 4] },
      totals: { samples: step, loss: 1, metrics: {} },
      time: 1,
      learningRates: { adam: 0.001 },
      best: null,
      latest: {},
    },
  };
}

async function expectWhole(step: number): Promise<void> {
  const checkpoint = await readNewestCheckpoint(folder);
  const { session, trainer } = stateAt(step);
  expect(checkpoint).toMatchObject({ session: { step }, trainer });
  expect(checkpoint?.session.tensors).toEqual(session.tensors);
}

describe('a checkpoint', () => {
  it('comes back as it was', async () => {
    await writeCheckpoint(folder, stateAt(7));
    await expectWhole(7);
  });

  it('is not touched when its step is saved again: the later one counts', async () => {
    await writeCheckpoint(folder, stateAt(7));
    const again = stateAt(7);
    await writeCheckpoint(folder, { ...again, trainer: { ...again.trainer, learningRates: { adam: 0.5 } } });
    expect((await readNewestCheckpoint(folder))?.trainer.learningRates).toEqual({ adam: 0.5 });
    expect(await listCheckpoints(folder)).toHaveLength(2);
  });

  it.each<Fault>(['ENOSPC', 'EIO', 'EACCES', 'short-write'])(
    'is whole or not there, whichever call fails: %s',
    async (fault) => {
      const counting = failingFileSystem(Number.POSITIVE_INFINITY, fault);
      await writeCheckpoint(folder, stateAt(1), counting);
      expect(counting.calls).toBeGreaterThan(15);
      for (let failing = 1; failing <= counting.calls; failing += 1) {
        const step = 1 + failing;
        const shim = failingFileSystem(failing, fault);
        const before = (await readNewestCheckpoint(folder))?.session.step ?? 0;
        const written = await writeCheckpoint(folder, stateAt(step), shim).then(
          () => true,
          () => false,
        );
        const after = (await readNewestCheckpoint(folder))?.session.step ?? 0;
        expect([before, step]).toContain(after);
        await expectWhole(after);
        // What counts as saved must be there; the rename may have been done where only the last sync failed.
        if (written) expect(after).toBe(step);
      }
    },
  );

  it.each(['weights.safetensors', 'slots.safetensors', 'state.json', 'manifest.json'])(
    'is passed over where %s is damaged, cut off or missing',
    async (name) => {
      await writeCheckpoint(folder, stateAt(1));
      for (const damage of ['changed', 'cut', 'missing']) {
        const place = await writeCheckpoint(folder, stateAt(2));
        const path = join(place.path, name);
        if (damage === 'missing') await rm(path);
        else await writeFile(path, damage === 'cut' ? '' : Buffer.alloc(50, 7));
        await expect(readCheckpoint(place)).rejects.toThrow();
        await expectWhole(1);
        await rm(place.path, { recursive: true });
      }
    },
  );

  it('is kept: the newest three, the best, and nothing of broken writes', async () => {
    for (const step of [1, 2, 3, 4, 5, 6]) await writeCheckpoint(folder, stateAt(step));
    await writeCheckpoint(folder, stateAt(6));
    const shim = failingFileSystem(8, 'EIO');
    await writeCheckpoint(folder, stateAt(7), shim).catch(() => undefined);
    expect((await readdir(folder)).some((name) => name.startsWith('.tmp-'))).toBe(true);
    await pruneCheckpoints(folder, { keep: 3, bestStep: 2 });
    expect((await readdir(folder)).sort()).toEqual(['2', '4', '5', '6.1']);
  });
});
