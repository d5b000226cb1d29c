import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as moment } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { createRandom } from '#main/engine/data/random.ts';
import { decodeSafetensors } from '#main/engine/exports/safetensors.ts';
import { errorCode } from '#main/engine/failures.ts';
import { listCheckpoints, readCheckpoint, readNewestCheckpoint } from '#main/engine/train/checkpoints.ts';
import { createEngineHost } from '#main/engineHost/engineHost.ts';
import { createEngineTraining } from '#main/services/engineTraining.ts';
import { readMetricPoints, readRunRecord, runFolder } from '#main/services/runFolder.ts';
import { createRuns } from '#main/services/runs.ts';
import type { Training } from '#main/services/training.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { smallNetwork } from '../engine/trainSupport.ts';
import { sourcesIn } from './sourcesIn.ts';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
/** Up to so long after a run was asked for its engine is killed, ms: it prepares, trains, saves and exports by then. */
const LATEST_KILL = 3000;

/** What was seen of the moments in which engines were killed. */
export interface Seen {
  readonly states: Set<string>;
  checkpoints: number;
  exports: number;
}

/**
 * Starts a run that saves after every step and exports all the time, kills its engine at a random
 * moment, looks at everything that is left, and goes on with a new engine; so many times.
 */
export async function killAtRandomMoments(rounds: number, seed: number): Promise<Seen> {
  const folder = await mkdtemp(join(tmpdir(), 'neuroloom-kills-'));
  const random = createRandom(seed, 'kills');
  const document = smallNetwork({ epochs: 100_000, checkpoints: { everySteps: 1, keep: 2 } });
  const seen: Seen = { states: new Set(), checkpoints: 0, exports: 0 };
  const runs = createRuns(join(folder, 'runs'), 'test');
  let runId: string | undefined;
  let savedStep = 0;
  // The supervisor starts each killed engine again; nobody need wait for that one to end.
  const ending: Promise<unknown>[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const host = createEngineHost({
        enginePath: fromRoot('dist/engine/engine.cjs'),
        packDirs: [fromRoot('.runtimes')],
        runtime: null,
      });
      const training = createEngineTraining({ host, runs, sources: sourcesIn(folder) });
      let state = 'starting';
      host.onEvent((event) => {
        if (event.type === 'state' && event.state !== 'failed') state = event.state;
        if (event.type === 'checkpoint') {
          savedStep = event.step;
          seen.checkpoints += 1;
        }
      });
      const opened = await training.call('run.start', { document, ...(runId && { resumeRunId: runId }) });
      runId = opened.runId;
      const exporting = exportUntilKilled(training, runId, folder, seen);
      await moment(random.uniform() * LATEST_KILL);
      seen.states.add(state);
      if (host.pid !== undefined) process.kill(host.pid, 'SIGKILL');
      await exporting;
      ending.push(training.dispose());
      await expectWhole(join(folder, 'runs', runId), folder, savedStep);
    }
  } finally {
    await Promise.all(ending);
    await rm(folder, { recursive: true });
  }
  return seen;
}

const exported = (folder: string) => ({
  safetensors: join(folder, 'network.safetensors'),
  savedmodel: join(folder, 'network'),
});

async function exportUntilKilled(
  training: Training,
  runId: string,
  folder: string,
  seen: Seen,
): Promise<void> {
  for (;;) {
    for (const [format, path] of Object.entries(exported(folder))) {
      try {
        await training.call('run.export', { runId, format: format as 'safetensors' | 'savedmodel', path });
        seen.exports += 1;
      } catch (error) {
        const reason = (error as { reason?: string }).reason;
        if (reason === 'crashed') return;
        // It is being prepared: there is nothing to export yet.
        await moment(20);
      }
    }
  }
}

async function expectWhole(runDir: string, folder: string, savedStep: number): Promise<void> {
  expect((await readRunRecord(runDir)).id).not.toBe('');
  expect(parseDocument(await readFile(runFolder.graph(runDir), 'utf8')).ok).toBe(true);
  await readMetricPoints(runDir);
  const places = await listCheckpoints(runFolder.checkpoints(runDir));
  for (const place of places) await readCheckpoint(place);
  const newest = await readNewestCheckpoint(runFolder.checkpoints(runDir));
  expect(newest?.session.step ?? 0).toBeGreaterThanOrEqual(savedStep);
  const { safetensors, savedmodel } = exported(folder);
  const file = await unlessMissing(readFile(safetensors));
  if (file) expect(decodeSafetensors(file).tensors.size).toBeGreaterThan(0);
  const model = await unlessMissing(stat(savedmodel));
  if (model) expect((await stat(join(savedmodel, 'saved_model.pb'))).size).toBeGreaterThan(1000);
}

async function unlessMissing<T>(value: Promise<T>): Promise<T | null> {
  try {
    return await value;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
