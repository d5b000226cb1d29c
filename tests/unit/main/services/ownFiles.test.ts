import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRecentFiles } from '#main/services/recent.ts';
import { createRecoveryCopies, type RecoveryCopies } from '#main/services/recovery.ts';
import { createSettings } from '#main/services/settings.ts';
import { type GraphDocument, graphDocumentSchema } from '#shared/graph/document.ts';
import type { HostError, Recovery } from '#shared/protocol/host.ts';
import type { Result } from '#shared/protocol/problem.ts';
import { faultyFileSystem } from './faultyFileSystem.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-own-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function okValue<T>(result: Result<T, HostError>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('settings', () => {
  it('begin with the defaults and keep what a newer version wrote', async () => {
    const path = join(folder, 'settings.json');
    expect(await createSettings(path).get()).toEqual({ runtime: null, window: null, dataFiles: [] });
    await writeFile(path, JSON.stringify({ runtime: 'cpu', later: { deep: [1] } }));
    const settings = createSettings(path);
    await settings.update((present) => ({ ...present, runtime: 'webgpu' }));
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      runtime: 'webgpu',
      window: null,
      dataFiles: [],
      later: { deep: [1] },
    });
  });

  it.each(['{"runtime": ', '[]', '{"runtime":"abacus"}', '', 'null'])(
    'that are corrupt (%s) are set aside, not overwritten',
    async (text) => {
      const path = join(folder, 'settings.json');
      await writeFile(path, text);
      const settings = createSettings(path);
      expect(await settings.get()).toEqual({ runtime: null, window: null, dataFiles: [] });
      await settings.update((present) => ({ ...present, runtime: 'cpu' }));
      const aside = (await readdir(folder)).filter((name) => name.startsWith('settings.corrupt-'));
      expect(aside).toHaveLength(1);
      expect(await readFile(join(folder, aside[0] ?? ''), 'utf8')).toBe(text);
      expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
        runtime: 'cpu',
        window: null,
        dataFiles: [],
      });
    },
  );

  it('are as they were when they cannot be written, and updates do not lose each other', async () => {
    const path = join(folder, 'settings.json');
    const { fileSystem } = faultyFileSystem(1, { kind: 'error', code: 'ENOSPC' }, 'open');
    const settings = createSettings(path, { fileSystem });
    await expect(settings.update((present) => ({ ...present, runtime: 'cpu' }))).rejects.toThrow('ENOSPC');
    expect((await settings.get()).runtime).toBeNull();
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        settings.update((present) => ({ ...present, [`key${index}`]: index })),
      ),
    );
    expect(Object.keys(JSON.parse(await readFile(path, 'utf8')))).toHaveLength(13);
  });
});

describe('recent files', () => {
  it('know the last run that was seen with them, also after they are opened again', async () => {
    const path = join(folder, 'recent.json');
    const recent = createRecentFiles(path);
    await recent.add('/a.json', 'run-1');
    await recent.add('/b.json');
    await recent.noteRun('/b.json', 'run-2');
    await recent.noteRun('/not-in-the-list.json', 'run-3');
    await recent.add('/a.json');
    expect((await createRecentFiles(path).list()).map((file) => [file.path, file.runId])).toEqual([
      ['/a.json', 'run-1'],
      ['/b.json', 'run-2'],
    ]);
    // A list of an older version, or one that somebody has written in.
    await writeFile(path, JSON.stringify({ files: [{ path: '/a.json', openedAt: 'x', runId: 7 }] }));
    expect(await createRecentFiles(path).list()).toMatchObject([{ path: '/a.json' }]);
  });

  it('are newest first, each once, with whether they are still there', async () => {
    const recent = createRecentFiles(join(folder, 'recent.json'));
    const path = join(folder, 'a.neuroloom.json');
    await writeFile(path, '');
    await recent.add(path);
    await recent.add('/gone/b.json');
    await recent.add(path);
    expect(await recent.list()).toMatchObject([
      { path, name: 'a', exists: true },
      { path: '/gone/b.json', name: 'b.json', exists: false },
    ]);
    await recent.forget('/gone/b.json');
    const reopened = createRecentFiles(join(folder, 'recent.json'));
    expect(await reopened.list()).toHaveLength(1);
    for (let index = 0; index < 30; index += 1) await recent.add(`/many/${index}.json`);
    expect(await recent.list()).toHaveLength(20);
  });
});

describe('two apps on one data folder', () => {
  it('see what the other has opened', async () => {
    const path = join(folder, 'recent.json');
    const [one, other] = [createRecentFiles(path), createRecentFiles(path)];
    await one.add('/a');
    await other.add('/b');
    await one.add('/c');
    for (const list of [await one.list(), await other.list()]) {
      expect(list.map((file) => file.path)).toEqual(['/c', '/b', '/a']);
    }
  });
});

describe('recovery copies', () => {
  const document: GraphDocument = graphDocumentSchema.parse({
    format: 'neuroloom',
    version: 1,
    name: 'unsaved',
    nodes: [],
    edges: [],
    fromTheFuture: true,
  });
  let copies: RecoveryCopies;
  let copiesFolder: string;
  beforeEach(() => {
    copiesFolder = join(folder, 'recovery');
    copies = createRecoveryCopies(copiesFolder);
  });
  const only = async (): Promise<Recovery | undefined> => okValue(await copies.list())[0];

  it('come back whole, newest first, until they are discarded', async () => {
    expect(okValue(await copies.list())).toEqual([]);
    okValue(await copies.save({ id: 'a', originalPath: null, document }));
    expect(await only()).toMatchObject({ id: 'a', originalPath: null, newerThanOriginal: true, document });
    expect(okValue(await copies.list())).toHaveLength(1);
    okValue(await copies.discard('a'));
    okValue(await copies.discard('a'));
    expect(okValue(await copies.list())).toEqual([]);
  });

  it('know whether their original has changed since', async () => {
    const originalPath = join(folder, 'net.neuroloom.json');
    await writeFile(originalPath, '1');
    okValue(await copies.save({ id: 'a', originalPath, document }));
    expect((await only())?.newerThanOriginal).toBe(true);
    await writeFile(originalPath, '2');
    await utimes(originalPath, new Date(), new Date(Date.now() + 60_000));
    expect((await only())?.newerThanOriginal).toBe(false);
    await rm(originalPath);
    expect((await only())?.newerThanOriginal).toBe(true);
  });

  it('are believed only when every byte is there', async () => {
    okValue(await copies.save({ id: 'a', originalPath: null, document }));
    const path = join(copiesFolder, 'a.recovery');
    const whole = await readFile(path);
    for (let length = 0; length < whole.byteLength; length += 7) {
      await writeFile(path, whole.subarray(0, length));
      expect([length, await only()]).toEqual([length, undefined]);
    }
    for (const index of [2, 60, whole.byteLength - 20]) {
      const changed = Buffer.from(whole);
      changed.writeUInt8((changed.at(index) ?? 0) ^ 1, index);
      await writeFile(path, changed);
      expect([index, await only()]).toEqual([index, undefined]);
    }
    // What is not believed is still not deleted.
    expect(await readdir(copiesFolder)).toEqual(['a.recovery']);
    await writeFile(path, whole);
    expect((await only())?.id).toBe('a');
    await mkdir(join(copiesFolder, 'folder'));
    await writeFile(join(copiesFolder, 'stranger.txt'), 'x');
    expect(okValue(await copies.list())).toHaveLength(1);
  });

  it('are left to the app that still runs', async () => {
    okValue(await copies.save({ id: 'a', originalPath: null, document }));
    const path = join(copiesFolder, 'a.recovery');
    const own = await readFile(path, 'utf8');
    const of = (pid: number) => own.replace(`"pid":${process.pid}`, `"pid":${pid}`);
    await writeFile(path, of(process.ppid));
    expect(await only()).toBeUndefined();
    await writeFile(path, of(2 ** 30));
    expect((await only())?.id).toBe('a');
  });

  it('hold the last text or the new one whatever call fails', async () => {
    okValue(await copies.save({ id: 'a', originalPath: null, document }));
    for (let k = 1; ; k += 1) {
      const { fileSystem, calls } = faultyFileSystem(k, { kind: 'dead' });
      const failing = createRecoveryCopies(copiesFolder, { fileSystem });
      await failing.save({ id: 'a', originalPath: null, document: { ...document, name: `edit ${k}` } });
      expect(['unsaved', ...Array.from({ length: k }, (_, index) => `edit ${index + 1}`)]).toContain(
        (await only())?.document.name,
      );
      if (calls.length < k) break;
    }
  });
});
