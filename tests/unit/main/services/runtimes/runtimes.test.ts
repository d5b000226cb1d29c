import { cpSync, existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PackTrial } from '#main/services/runtimes/probePack.ts';
import { createRuntimes, type Runtimes, type RuntimesOptions } from '#main/services/runtimes/runtimes.ts';
import type { PackRelease } from '#shared/protocol/runtimes.ts';
import { packFiles, rangeOf, sendFrom, serve, sha256, type TarEntry, tarGz } from './packFixture.ts';

const name = 'tensorflow-cpu-2.21.0';
let base: string;
let close: (() => Promise<void>) | undefined;
let trial: PackTrial;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'neuroloom-runtimes-'));
  trial = { works: true };
});
afterEach(async () => {
  await close?.();
  close = undefined;
  await rm(base, { recursive: true, force: true });
});

const path = (...parts: string[]) => join(base, ...parts);

function create(options: Partial<RuntimesOptions> = {}): Runtimes {
  return createRuntimes({
    packDirs: [path('program'), path('runtimes')],
    runtimesDir: path('runtimes'),
    downloadsDir: path('downloads'),
    runsDir: path('runs'),
    cacheDir: path('cache'),
    root: base,
    releases: { packs: [] },
    download: { pauseMs: 1, stallMs: 2000 },
    probe: async () => trial,
    ...options,
  });
}

function archiveOf(entries: readonly TarEntry[]): string {
  const file = path('pack.tar.gz');
  writeFileSync(file, tarGz(entries));
  return file;
}

/** A release page with this pack. */
async function release(
  archive: Buffer,
  handler: Parameters<typeof serve>[0] = (request, response) => sendFrom(request, response, archive),
): Promise<{ packs: PackRelease[] }> {
  const server = await serve(handler);
  close = server.close;
  return {
    packs: [
      {
        id: 'tensorflow-cpu',
        libraryVersion: '2.21.0',
        platform: process.platform,
        arch: process.arch,
        url: `${server.url}/releases/pack.tar.gz`,
        bytes: archive.length,
        sha256: sha256(archive),
        unpackedBytes: 1_000_000,
      },
    ],
  };
}

const failure = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) });
const addon = () => readFileSync(path('runtimes', name, 'addon/neuroloom.node'), 'utf8');
/** Nothing is left of a task but what it made. */
const leftOver = async () => (await readdir(path('runtimes'))).filter((entry) => entry.startsWith('.'));

describe('install from a release page', () => {
  it('downloads, checks, tries, and switches', async () => {
    const runtimes = create({ releases: await release(tarGz(packFiles())) });
    expect((await runtimes.status()).available).toEqual([
      expect.objectContaining({ id: 'tensorflow-cpu', how: 'download' }),
    ]);
    const phases = new Set<string>();
    runtimes.onChange(() => runtimes.task && phases.add(runtimes.task.phase));
    expect(await runtimes.install('tensorflow-cpu')).toEqual({
      ok: true,
      value: { path: path('runtimes', name) },
    });
    expect([...phases]).toEqual(['prepare', 'download', 'unpack', 'check', 'try']);
    const { packs, available, task, outcome } = await runtimes.status();
    expect(packs).toEqual([expect.objectContaining({ id: 'tensorflow-cpu', removable: true })]);
    expect({ available, task, outcome }).toEqual({
      available: [],
      task: null,
      outcome: { kind: 'install', id: 'tensorflow-cpu' },
    });
    expect(await readdir(path('downloads'))).toEqual([]);
    expect(await leftOver()).toEqual([]);
  });

  it('goes on with a download that was cancelled', async () => {
    const archive = tarGz(packFiles());
    let asked = 0;
    const ranges: number[] = [];
    const releases = await release(archive, (request, response) => {
      asked += 1;
      ranges.push(rangeOf(request));
      if (asked > 1) return sendFrom(request, response, archive);
      response.writeHead(200, { 'content-length': archive.length });
      response.write(archive.subarray(0, 200));
    });
    const runtimes = create({ releases });
    const forget = runtimes.onChange(() => {
      if (runtimes.task?.phase === 'download' && (runtimes.task.done ?? 0) >= 200) runtimes.cancel();
    });
    expect(await runtimes.install('tensorflow-cpu')).toEqual(failure('runtime-task-cancelled'));
    forget();
    expect((await runtimes.status()).space.unused).toBe(200);
    expect(await runtimes.install('tensorflow-cpu')).toMatchObject({ ok: true });
    expect(ranges).toEqual([0, 200]);
  });

  it('keeps what is there where the file is another one', async () => {
    const archive = tarGz(packFiles());
    await create().importFile(archiveOf(packFiles()));
    const other = Buffer.from(archive);
    other[100] = (other[100] ?? 0) ^ 1;
    const runtimes = create({
      releases: await release(archive, (request, response) => sendFrom(request, response, other)),
    });
    expect(await runtimes.install('tensorflow-cpu')).toEqual(failure('download-changed'));
    expect(addon()).toBe('an addon');
    expect(runtimes.outcome?.failure?.code).toBe('download-changed');
  });

  it('asks for room on the disk before it downloads', async () => {
    let asked = 0;
    const releases = await release(tarGz(packFiles()), (_request, response) => {
      asked += 1;
      response.end();
    });
    const huge = { packs: releases.packs.map((pack) => ({ ...pack, unpackedBytes: 2 ** 52 })) };
    expect(await create({ releases: huge }).install('tensorflow-cpu')).toEqual(failure('disk-space'));
    expect(asked).toBe(0);
  });

  it('says so where there is nothing for this machine', async () => {
    expect(await create().install('tensorflow-cpu')).toEqual(failure('pack-not-offered'));
    const { packs } = await release(tarGz(packFiles()));
    const foreign = { packs: packs.map((pack) => ({ ...pack, platform: 'solaris' })) };
    expect(await create({ releases: foreign }).install('tensorflow-cpu')).toEqual(
      failure('pack-not-offered'),
    );
  });
});

describe('import from a file', () => {
  it('takes a pack with or without a folder around it, and keeps the previous one', async () => {
    const runtimes = create();
    expect(await runtimes.importFile(archiveOf(packFiles()))).toMatchObject({ ok: true });
    const inFolder = packFiles().map((entry) => ({ ...entry, name: `${name}/${entry.name}` }));
    expect(await runtimes.importFile(archiveOf(inFolder))).toMatchObject({ ok: true });
    expect(addon()).toBe('an addon');
    expect(existsSync(path('runtimes/previous', name, 'manifest.json'))).toBe(true);
    expect(await leftOver()).toEqual([]);
  });

  const wrong: readonly [string, () => readonly TarEntry[], string][] = [
    [
      'for another platform',
      () => packFiles('tensorflow-cpu', { platform: 'beos' }),
      'pack-of-another-platform',
    ],
    [
      'of another version',
      () => packFiles('tensorflow-cpu', { libraryVersion: '2.9.1' }),
      'pack-of-another-version',
    ],
    [
      'without a manifest',
      () => packFiles().filter((entry) => entry.name !== 'manifest.json'),
      'pack-without-manifest',
    ],
    [
      'with a changed file',
      () =>
        packFiles().map((entry) => (entry.name.endsWith('.node') ? { ...entry, data: 'another' } : entry)),
      'pack-damaged',
    ],
    [
      'with a missing file',
      () => packFiles().filter((entry) => !entry.name.startsWith('lic')),
      'pack-damaged',
    ],
    [
      'with a file that its manifest does not name',
      () => [...packFiles(), { name: 'lib/x.so', data: 'x' }],
      'pack-damaged',
    ],
    [
      'whose names climb out',
      () => [...packFiles(), { name: '../../climbed', data: 'x' }],
      'archive-refused',
    ],
    [
      'whose manifest names a file outside',
      () => packFiles('tensorflow-cpu', { files: { '../../../etc/passwd': sha256('x') } }),
      'archive-refused',
    ],
  ];
  it.each(wrong)('refuses a pack %s, and leaves the one in place', async (_, entries, code) => {
    const runtimes = create();
    await runtimes.importFile(archiveOf(packFiles()));
    expect(await runtimes.importFile(archiveOf(entries()))).toEqual(failure(code));
    expect(addon()).toBe('an addon');
    expect(await leftOver()).toEqual([]);
    expect(existsSync(path('climbed'))).toBe(false);
  });

  it('refuses a file that is no archive, or is not there', async () => {
    writeFileSync(path('text'), 'just text');
    expect(await create().importFile(path('text'))).toEqual(failure('archive-unknown'));
    expect(await create().importFile(path('nothing'))).toEqual(failure('not-found'));
  });

  it('does not take a pack that does not run here', async () => {
    const runtimes = create();
    await runtimes.importFile(archiveOf(packFiles()));
    trial = { works: false, why: 'trial-failed', trial: { how: 'signal', what: 'SIGILL', detail: 'none' } };
    const answer = await runtimes.importFile(archiveOf(packFiles()));
    expect(answer).toEqual(failure('pack-trial-failed'));
    trial = { works: false, why: 'outdated', operation: 'NeuroloomAdam' };
    expect(await runtimes.importFile(archiveOf(packFiles()))).toEqual(failure('pack-outdated'));
    expect(existsSync(path('runtimes/previous', name))).toBe(false);
    expect(addon()).toBe('an addon');
  });

  it('the real trial refuses an addon that is none', async () => {
    const { probePack } = await import('#main/services/runtimes/probePack.ts');
    expect(await create({ probe: probePack }).importFile(archiveOf(packFiles()))).toEqual(
      failure('pack-trial-failed'),
    );
    expect(existsSync(path('runtimes', name))).toBe(false);
  });
});

describe('packs that are there', () => {
  it('are verified file by file', async () => {
    const runtimes = create();
    expect(await runtimes.verify('tensorflow-cpu')).toEqual(failure('pack-not-installed'));
    await runtimes.importFile(archiveOf(packFiles()));
    expect(await runtimes.verify('tensorflow-cpu')).toMatchObject({ ok: true, value: { files: 3 } });
    writeFileSync(path('runtimes', name, 'lib/libtensorflow_cc.so.2'), 'a library ');
    expect(await runtimes.verify('tensorflow-cpu')).toMatchObject({
      ok: false,
      error: { code: 'pack-damaged', data: { file: 'lib/libtensorflow_cc.so.2' } },
    });
  });

  it('are removed with their previous one; what came with the program stays', async () => {
    const runtimes = create();
    await runtimes.importFile(archiveOf(packFiles()));
    await runtimes.importFile(archiveOf(packFiles()));
    expect(await runtimes.remove('tensorflow-cpu')).toMatchObject({ ok: true });
    expect((await runtimes.status()).packs).toEqual([]);
    await mkdir(path('program'), { recursive: true });
    await runtimes.importFile(archiveOf(packFiles()));
    cpSync(path('runtimes', name), path('program', name), { recursive: true });
    expect(
      (await runtimes.status()).packs.map(({ removable, shadowed }) => ({ removable, shadowed })),
    ).toEqual([
      { removable: false, shadowed: false },
      { removable: true, shadowed: true },
    ]);
    expect(await runtimes.remove('tensorflow-cpu')).toMatchObject({ ok: true });
    expect(await runtimes.remove('tensorflow-cpu')).toEqual(failure('pack-of-the-program'));
    expect(existsSync(path('program', name, 'addon/neuroloom.node'))).toBe(true);
  });

  it('come back where a switch was cut off between its two renames', async () => {
    await mkdir(path('runtimes/previous', name), { recursive: true });
    const runtimes = create();
    await runtimes.importFile(archiveOf(packFiles()));
    const { rename } = await import('node:fs/promises');
    await rename(path('runtimes', name), path('runtimes/previous', name));
    expect((await runtimes.status()).packs).toHaveLength(1);
  });

  it('what is unused is counted and cleaned up, and nothing else', async () => {
    const runtimes = create();
    await runtimes.importFile(archiveOf(packFiles()));
    await runtimes.importFile(archiveOf(packFiles()));
    await mkdir(path('runtimes/tensorflow-cpu-2.9.1'), { recursive: true });
    writeFileSync(path('runtimes/tensorflow-cpu-2.9.1/old'), 'x'.repeat(1000));
    await mkdir(path('runtimes/.staging-999999999'), { recursive: true });
    await mkdir(path('downloads'), { recursive: true });
    writeFileSync(path('downloads/pack.part'), 'x'.repeat(500));
    await mkdir(path('runs/a'), { recursive: true });
    writeFileSync(path('runs/a/weights'), 'x'.repeat(300));
    await mkdir(path('cache/pictures'), { recursive: true });
    writeFileSync(path('cache/pictures/lately.bin'), 'x'.repeat(20));
    writeFileSync(path('cache/pictures/long.bin'), 'x'.repeat(200));
    utimesSync(path('cache/pictures/long.bin'), 1, 1);
    writeFileSync(path('cache/pictures/long.damaged.json'), '[]');
    utimesSync(path('cache/pictures/long.damaged.json'), 1, 1);
    const { space } = await runtimes.status();
    expect(space).toMatchObject({ runs: 300, caches: 222 });
    expect(space.unused).toBeGreaterThan(space.packs + 1600);
    expect(await runtimes.clean()).toEqual({ ok: true, value: { freedBytes: space.unused } });
    expect(await readdir(path('runtimes'))).toEqual([name]);
    expect((await runtimes.status()).space).toMatchObject({
      unused: 0,
      runs: 300,
      caches: 22,
      packs: space.packs,
    });
  });
});

describe('one task at a time', () => {
  it('in this app', async () => {
    const runtimes = create();
    const first = runtimes.importFile(archiveOf(packFiles()));
    expect(await runtimes.install('tensorflow-cpu')).toEqual(failure('runtime-task-running'));
    expect(await runtimes.clean()).toEqual(failure('runtime-task-running'));
    expect(await first).toMatchObject({ ok: true });
  });

  it('and among apps; a lock whose app is gone holds nobody up', async () => {
    await mkdir(path('runtimes'));
    writeFileSync(path('runtimes/.task'), String(process.ppid));
    expect(await create().importFile(archiveOf(packFiles()))).toEqual(failure('runtime-task-running'));
    writeFileSync(path('runtimes/.task'), '999999999');
    expect(await create().importFile(archiveOf(packFiles()))).toMatchObject({ ok: true });
  });
});
