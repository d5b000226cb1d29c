import { appendFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  MetricsFile,
  readMetricPoints,
  readRunRecord,
  runFolder,
  writeRunRecord,
} from '#main/services/runFolder.ts';
import { createRuns, type Runs } from '#main/services/runs.ts';
import type { MetricPoint } from '#shared/protocol/run.ts';
import { templates } from '#shared/templates/index.ts';

const document = templates[0]?.document;
if (!document) throw new Error('no template');

let folder: string;
let runs: Runs;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-runs-'));
  runs = createRuns(folder, '1.2.3');
});
afterEach(() => rm(folder, { recursive: true }));

async function newRun() {
  const created = await runs.create(document as NonNullable<typeof document>);
  if (!created.ok) throw new Error(created.error.message);
  return created.value;
}

describe('runs', () => {
  it('makes a folder whose name says when and what, with the graph and the record', async () => {
    const { runId, runDir } = await newRun();
    expect(runId).toMatch(/^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_mlp-on-mnist_[0-9a-f]{4}$/);
    expect((await readdir(runDir)).sort()).toEqual(['graph.json', 'run.json']);
    expect(await runs.get(runId)).toMatchObject({
      ok: true,
      value: {
        document,
        run: { id: runId, state: 'preparing', versions: { neuroloom: '1.2.3' } },
        points: [],
      },
    });
  });

  it('lists the newest first, and none where there are none', async () => {
    expect(await createRuns(join(folder, 'missing'), 'x').list()).toEqual([]);
    const first = await newRun();
    await writeRunRecord(first.runDir, {
      ...(await readRunRecord(first.runDir)),
      createdAt: '2020-01-01T00:00:00Z',
    });
    const second = await newRun();
    expect((await runs.list()).map(({ id }) => id)).toEqual([second.runId, first.runId]);
  });

  it('lists a damaged run as failed, with what to do, beside the others', async () => {
    const { runId } = await newRun();
    for (const [name, text] of [
      ['broken', '{"id":'],
      ['foreign', '{}'],
    ] as const) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'run.json'), text);
    }
    await mkdir(join(folder, 'empty'));
    const listed = await runs.list();
    expect(listed.map(({ id }) => id).sort()).toEqual([runId, 'broken', 'empty', 'foreign'].sort());
    for (const run of listed) {
      if (run.id === runId) continue;
      expect(run).toMatchObject({
        state: 'failed',
        failure: { reason: 'storage', message: expect.stringContaining('Delete it') },
      });
    }
  });

  it('shows a run whose process is gone as failed, with the step from which it can go on', async () => {
    const { runId, runDir } = await newRun();
    await mkdir(join(runFolder.checkpoints(runDir), '120'), { recursive: true });
    await writeRunRecord(runDir, { ...(await readRunRecord(runDir)), state: 'training', enginePid: 2 ** 30 });
    expect((await runs.list())[0]).toMatchObject({
      id: runId,
      state: 'failed',
      failure: { reason: 'crashed', resumableFromStep: 120 },
    });
  });

  it('refuses ids that lead out of its folder', async () => {
    for (const id of ['..', '../x', 'a/b', '', '.hidden', 'a\\b', 'x\0']) {
      expect(runs.folderOf(id)).toMatchObject({ ok: false, error: { code: 'run-not-found' } });
      expect(await runs.delete(id)).toMatchObject({ ok: false });
    }
    expect(await runs.get('nothing')).toMatchObject({ ok: false, error: { code: 'run-not-found' } });
  });

  it('puts a run into an empty folder elsewhere, and not into one with files', async () => {
    const dir = join(folder, 'elsewhere');
    const created = await runs.create(document as NonNullable<typeof document>, dir);
    expect(created).toMatchObject({ ok: true, value: { runDir: dir } });
    expect(await runs.create(document as NonNullable<typeof document>, dir)).toMatchObject({
      ok: false,
      error: { code: 'exists' },
    });
  });

  it('reopens a run with its own graph and the epochs that are asked for', async () => {
    const { runDir } = await newRun();
    const wanted = { ...(document as NonNullable<typeof document>), nodes: [], edges: [] };
    const reopened = await runs.reopen(runDir, { ...wanted, training: { ...wanted.training, epochs: 9 } });
    expect(reopened).toMatchObject({
      ok: true,
      value: { document: { nodes: document?.nodes, training: { epochs: 9 } } },
    });
  });

  it('neither goes on with nor deletes a run that another app trains, until that app has ended', async () => {
    const { runId, runDir } = await newRun();
    const record = { ...(await readRunRecord(runDir)), state: 'training' as const };
    // A process that is there: the one that started this one.
    await writeRunRecord(runDir, { ...record, enginePid: process.ppid });
    for (const refused of [await runs.reopen(runDir), await runs.delete(runId)]) {
      expect(refused).toMatchObject({ ok: false, error: { code: 'run-in-progress' } });
    }
    expect(await runs.get(runId)).toMatchObject({ ok: true, value: { run: { state: 'training' } } });
    // A number from before the machine was started belongs to another program.
    await writeRunRecord(runDir, { ...record, enginePid: process.ppid, updatedAt: '2020-01-01T00:00:00Z' });
    expect(await runs.reopen(runDir)).toMatchObject({ ok: true });
    await writeRunRecord(runDir, { ...record, enginePid: 2 ** 30 });
    expect(await runs.delete(runId)).toEqual({ ok: true, value: null });
  });

  it('deletes a run', async () => {
    const { runId, runDir } = await newRun();
    expect(await runs.delete(runId)).toEqual({ ok: true, value: null });
    expect(await readdir(folder)).not.toContain(runDir);
  });
});

describe('metrics.jsonl', () => {
  const point = (step: number): MetricPoint => ({
    split: 'train',
    step,
    epoch: 0,
    time: step,
    whole: false,
    metrics: { loss: 1 / step },
  });

  it('survives a line that was cut off, and goes on after it', async () => {
    const { runDir } = await newRun();
    const first = new MetricsFile(runDir, { append: false });
    first.add(point(1));
    await first.flush();
    await appendFile(runFolder.metrics(runDir), '{"split":"train","st');
    const second = new MetricsFile(runDir, { append: true });
    second.add(point(2));
    await second.flush();
    expect(await readMetricPoints(runDir)).toEqual([point(1), point(2)]);
  });

  it('drops the points of steps that are done again', async () => {
    const { runDir } = await newRun();
    const file = new MetricsFile(runDir, { append: false });
    for (const step of [1, 2, 3]) file.add(point(step));
    file.resumedFrom(1);
    for (const step of [2, 4]) file.add(point(step));
    await file.flush();
    expect((await readMetricPoints(runDir)).map(({ step }) => step)).toEqual([1, 2, 4]);
  });

  it('keeps what the disk did not take for the next try', async () => {
    const file = new MetricsFile(join(folder, 'later'), { append: false });
    file.add(point(1));
    await expect(file.flush()).rejects.toThrow();
    await mkdir(join(folder, 'later'));
    file.add(point(2));
    await file.flush();
    expect((await readMetricPoints(join(folder, 'later'))).map(({ step }) => step)).toEqual([1, 2]);
  });
});
