import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngineHost, type EngineHost } from '#main/engineHost/engineHost.ts';
import type { EngineProcessOptions } from '#main/engineHost/engineProcess.ts';
import { explainExit } from '#main/engineHost/exitReason.ts';
import { createEngineTraining } from '#main/services/engineTraining.ts';
import { createRuns, type Runs } from '#main/services/runs.ts';
import type { Training } from '#main/services/training.ts';
import type { EngineStatus } from '#shared/protocol/engine.ts';
import type { RunEvent } from '#shared/protocol/run.ts';
import { bits, newestCheckpoint, smallNetwork } from '../engine/trainSupport.ts';
import { sourcesIn } from './sourcesIn.ts';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

let folder: string;
let open: { host: EngineHost; runs: Runs; training: Training; events: RunEvent[] }[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-kill-'));
});
afterEach(async () => {
  await Promise.all(open.map(({ training }) => training.dispose()));
  open = [];
  await rm(folder, { recursive: true });
});

function start(options: Partial<EngineProcessOptions> = {}) {
  const host = createEngineHost({
    enginePath: fromRoot('dist/engine/engine.cjs'),
    packDirs: [fromRoot('.runtimes')],
    runtime: null,
    ...options,
  });
  const runs = createRuns(join(folder, 'runs'), 'test');
  const training = createEngineTraining({ host, runs, sources: sourcesIn(folder) });
  const events: RunEvent[] = [];
  host.onEvent((event) => events.push(event));
  const started = { host, runs, training, events };
  open.push(started);
  return started;
}

function status(host: EngineHost, wanted: (status: EngineStatus) => boolean): Promise<EngineStatus> {
  return new Promise((resolve) => {
    const look = (present: EngineStatus) => {
      if (!wanted(present)) return;
      stop();
      resolve(present);
    };
    const stop = host.onStatus(look);
    look(host.status());
  });
}

function event(host: EngineHost, wanted: (event: RunEvent) => boolean): Promise<RunEvent> {
  return new Promise((resolve) => {
    const stop = host.onEvent((present) => {
      if (!wanted(present)) return;
      stop();
      resolve(present);
    });
  });
}

const ended = (host: EngineHost) =>
  event(host, (e) => e.type === 'state' && ['finished', 'stopped', 'failed'].includes(e.state));

function kill(host: EngineHost, signal: NodeJS.Signals): void {
  if (host.pid === undefined) throw new Error('no engine to kill');
  process.kill(host.pid, signal);
}

describe('an engine that is killed in mid-epoch', () => {
  it('ten times, resumed each time, ends with the same weights bit for bit', async () => {
    const document = smallNetwork({ epochs: 12 });
    const undisturbed = start();
    const whole = await undisturbed.training.call('run.start', { document });
    await ended(undisturbed.host);

    // A host of its own per kill: one host would rightly stop restarting after three.
    let runId: string | undefined;
    for (let round = 0; round <= 10; round += 1) {
      const { host, training, runs } = start();
      const finished = ended(host);
      const opened = await training.call('run.start', { document, ...(runId && { resumeRunId: runId }) });
      runId = opened.runId;
      if (round < 10) {
        // In the epoch after the checkpoint that this round saves.
        await event(host, (e) => e.type === 'checkpoint');
        await event(host, (e) => e.type === 'progress');
        kill(host, 'SIGKILL');
        expect(await finished).toMatchObject({
          state: 'failed',
          failure: { reason: 'crashed', resumableFromStep: expect.any(Number) },
        });
        await status(host, ({ state }) => state === 'ready');
        const got = await runs.get(runId);
        expect(got).toMatchObject({ ok: true, value: { run: { state: 'failed' } } });
      } else {
        expect(await finished).toMatchObject({ state: 'finished' });
      }
      await training.dispose();
    }
    const dir = (id: string) => join(folder, 'runs', id);
    const result = async (id: string) =>
      bits(await newestCheckpoint({ runId: id, runDir: dir(id), document }));
    expect(await result(runId ?? '')).toEqual(await result(whole.runId));
  });

  it('is started again three times, then stays down until it is asked for', async () => {
    const { host } = start();
    for (let round = 1; round <= 4; round += 1) {
      await status(host, ({ state }) => state === 'ready');
      const answer = host.call('data.preview', {
        loader: 'mnist',
        params: { validation: 0, shuffle: false },
        count: 200,
      });
      kill(host, 'SIGKILL');
      await expect(answer).rejects.toMatchObject({
        reason: 'crashed',
        message: expect.stringMatching(/resume|restart/),
      });
    }
    expect(host.status()).toMatchObject({ state: 'failed', lastExit: { reason: 'crashed' } });
    await expect(host.call('engine.info', {})).rejects.toMatchObject({ reason: 'crashed' });
    await host.restart();
    await status(host, ({ state }) => state === 'ready');
    await expect(host.call('engine.info', {})).resolves.toMatchObject({ label: expect.any(String) });
  });

  it('is ended and reported as hung where its heart stops', async () => {
    const { host } = start({ limits: { silenceMs: 2500 } });
    await status(host, ({ state }) => state === 'ready');
    kill(host, 'SIGSTOP');
    const restarted = await status(host, ({ lastExit }) => lastExit !== null);
    expect(restarted.lastExit).toMatchObject({ reason: 'hung' });
  });

  it('in a resumed run, hung: the run is reported, and can be resumed once more', async () => {
    const document = smallNetwork({ epochs: 1000 });
    const { host, training, runs } = start({ limits: { silenceMs: 2500 } });
    const { runId } = await training.call('run.start', { document });
    await event(host, (e) => e.type === 'checkpoint');
    const stopped = ended(host);
    await training.call('run.stop', { runId });
    await stopped;

    await training.call('run.start', { document, resumeRunId: runId });
    await event(host, (e) => e.type === 'checkpoint');
    const failed = ended(host);
    kill(host, 'SIGSTOP');
    expect(await failed).toMatchObject({
      state: 'failed',
      failure: { reason: 'hung', code: 'engine-hung', resumableFromStep: expect.any(Number) },
    });
    await status(host, ({ state }) => state === 'ready');
    const got = await runs.get(runId);
    const failure = got.ok ? got.value.run.failure : undefined;
    const from = failure?.resumableFromStep ?? 0;
    expect(from).toBeGreaterThan(0);

    await training.call('run.start', { document, resumeRunId: runId });
    const progress = await event(host, (e) => e.type === 'progress' && e.progress.step > from);
    expect(progress).toMatchObject({ runId });
  });

  it('ends by itself, with a checkpoint, when its host is gone', async () => {
    const { host, training, runs } = start();
    const { runId } = await training.call('run.start', { document: smallNetwork({ epochs: 1000 }) });
    await event(host, (e) => e.type === 'progress' && e.progress.step > 2);
    const pid = host.pid ?? 0;
    await training.dispose();
    expect(() => process.kill(pid, 0)).toThrow();
    const got = await runs.get(runId);
    expect(got).toMatchObject({ ok: true, value: { run: { state: 'stopped' } } });
    const document = smallNetwork();
    const { trainer } = await newestCheckpoint({ runId, runDir: join(folder, 'runs', runId), document });
    expect(trainer.step).toBeGreaterThan(2);
  });
});

describe('an engine that cannot start', () => {
  it('says so, with its last words', async () => {
    const enginePath = join(folder, 'broken.cjs');
    await writeFile(enginePath, 'console.error("no such thing"); process.exit(3);');
    const { host } = start({ enginePath });
    const failed = await status(host, ({ state }) => state === 'failed');
    expect(failed.lastExit).toMatchObject({
      reason: 'crashed',
      message: expect.stringContaining('no such thing'),
    });
  });
});

describe('the reason of an end', () => {
  const exit = {
    code: null,
    signal: null,
    stderr: '',
    killedAsHung: false,
    memoryBytes: 1e8,
    totalMemoryBytes: totalmem(),
  };
  it.each([
    ['hung', { signal: 'SIGKILL' as const, killedAsHung: true }],
    ['crashed', { signal: 'SIGKILL' as const }],
    ['out-of-memory', { signal: 'SIGKILL' as const, memoryBytes: totalmem() * 0.9 }],
    ['out-of-memory', { signal: 'SIGABRT' as const, stderr: 'FATAL ERROR: JavaScript heap out of memory' }],
    ['crashed', { signal: 'SIGSEGV' as const }],
    // A kernel of TensorFlow that does not look whether it got what it asked for.
    [
      'out-of-memory',
      {
        signal: 'SIGSEGV' as const,
        stderr:
          'W0000 00:00:1795477243.088532   11339 bfc_allocator.cc:502] Allocator (mklcpu) ran out of memory trying to allocate 931.32GiB (rounded to 1000000000000)requested by op program0/evaluate/wide/BiasAdd\n',
      },
    ],
    ['crashed', { code: 1 }],
  ])('is %s for %o', (reason, facts) => {
    expect(explainExit({ ...exit, ...facts }).reason).toBe(reason);
  });
});
