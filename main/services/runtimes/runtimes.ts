import { rm, stat, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { HostError } from '#shared/protocol/host.ts';
import { ok, type Result } from '#shared/protocol/problem.ts';
import {
  type PackId,
  type PackOutcome,
  type PackRelease,
  type PackReleases,
  type PackTask,
  packIdSchema,
  type RuntimesStatus,
} from '#shared/protocol/runtimes.ts';
import { hostFailure } from '../hostFailure.ts';
import { makeFolder } from '../makeFolder.ts';
import { buildPack, canBuild } from './buildPack.ts';
import { downloadFile } from './downloadFile.ts';
import { folderSize } from './folderSize.ts';
import { listNvidiaCards } from './nvidiaCards.ts';
import { PackFailure, toPackError } from './packFailure.ts';
import {
  healSwitch,
  listPacks,
  listUnused,
  packPath,
  removePack,
  stagingPath,
  switchIn,
} from './packFolders.ts';
import { packName, TENSORFLOW_VERSION } from './packNames.ts';
import { probePack } from './probePack.ts';
import { withTaskLock } from './taskLock.ts';
import {
  findDamage,
  findPackRoot,
  findStranger,
  readPackManifest,
  requireFitting,
  requireSpace,
  unpackArchive,
} from './unpackPack.ts';

export interface RuntimesOptions {
  /** Folders that may hold packs, in order of preference; the last is the user's own. */
  readonly packDirs: readonly string[];
  /** Where packs are installed. */
  readonly runtimesDir: string;
  /** Where downloads lie until they are whole. */
  readonly downloadsDir: string;
  readonly runsDir: string;
  /** What can be found out again. */
  readonly cacheDir: string;
  /** Folder of the program, for building packs in a checkout. */
  readonly root: string;
  readonly releases: PackReleases;
  /** Plain Node for trials and builds; the present process's where left out. */
  readonly nodePath?: string | undefined;
  /** How long a download may stand still, and pauses between its tries; see `downloadFile`. */
  readonly download?: { readonly stallMs?: number; readonly tries?: number; readonly pauseMs?: number };
  /** Tries a staged pack; `probePack` where left out. */
  readonly probe?: typeof probePack;
}

/** What a finished task tells. */
export type TaskResult<T = Record<string, never>> = Promise<Result<T, HostError>>;

/** The runtime packs of this machine: which there are, and getting, checking and removing them. One task at a time. */
export interface Runtimes {
  status(): Promise<RuntimesStatus>;
  install(id: PackId): TaskResult<{ path: string }>;
  importFile(path: string): TaskResult<{ path: string; id: PackId }>;
  verify(id: PackId): TaskResult<{ path: string; files: number }>;
  remove(id: PackId): TaskResult<{ freedBytes: number }>;
  /** Removes replaced packs, packs of other versions, what broken-off downloads left, and pictures long unused. */
  clean(): TaskResult<{ freedBytes: number }>;
  /** Ends the task in hand; what a download has got is kept for the next try. */
  cancel(): void;
  /** Called whenever the task in hand changes, and when it ended. */
  onChange(listener: () => void): () => void;
  /** The task in hand, without reading the disk. */
  readonly task: PackTask | null;
  readonly outcome: PackOutcome | null;
}

interface Step {
  readonly signal: AbortSignal;
  report(progress: Partial<Pick<PackTask, 'id' | 'phase' | 'done' | 'total'>>): void;
}

export function createRuntimes(options: RuntimesOptions): Runtimes {
  const {
    packDirs,
    runtimesDir,
    downloadsDir,
    runsDir,
    cacheDir,
    root,
    nodePath,
    probe = probePack,
  } = options;
  const listeners = new Set<() => void>();
  let task: PackTask | null = null;
  let outcome: PackOutcome | null = null;
  let abort: AbortController | null = null;

  const changed = () => {
    for (const listener of listeners) listener();
  };

  /** One task at a time, here and on this machine; its failure is a value. */
  async function run<T>(
    kind: PackTask['kind'],
    id: PackId | null,
    work: (step: Step) => Promise<T>,
  ): Promise<Result<T, HostError>> {
    if (task) return hostFailure('runtime-task-running');
    abort = new AbortController();
    task = { kind, id, phase: 'prepare', done: null, total: null };
    changed();
    const step: Step = {
      signal: abort.signal,
      report(progress) {
        if (task) task = { ...task, ...progress };
        changed();
      },
    };
    const result = await attempt(() => work(step));
    const { id: known } = task;
    outcome = { kind, id: known, ...(result.ok ? {} : { failure: plain(result.error) }) };
    task = null;
    abort = null;
    changed();
    return result;
  }

  async function attempt<T>(work: () => Promise<T>): Promise<Result<T, HostError>> {
    try {
      await makeFolder(runtimesDir);
      return ok(await work());
    } catch (error) {
      return { ok: false, error: toPackError(error, runtimesDir) };
    }
  }

  const findRelease = (id: PackId): PackRelease | undefined =>
    options.releases.packs.find(
      (pack) =>
        pack.id === id &&
        pack.libraryVersion === TENSORFLOW_VERSION &&
        pack.platform === process.platform &&
        pack.arch === process.arch,
    );

  /** Staging, a check of every file, a trial in a sub-process, and one step to switch. */
  async function adopt(
    archive: string,
    wanted: PackId | null,
    step: Step,
  ): Promise<{ path: string; id: PackId }> {
    const staging = stagingPath(runtimesDir);
    await rm(staging, { recursive: true, force: true });
    try {
      await makeFolder(staging);
      await unpackArchive(archive, {
        folder: staging,
        signal: step.signal,
        onProgress: (done, total) => step.report({ phase: 'unpack', done, total }),
      });
      const folder = await findPackRoot(staging);
      const manifest = await readPackManifest(folder);
      const { id } = manifest;
      if (wanted !== null && id !== wanted)
        throw new PackFailure('pack-of-another-kind', { found: id, wanted });
      requireFitting(manifest);
      step.report({ id, phase: 'check', done: 0, total: await folderSize(folder) });
      const damaged =
        (await findDamage(folder, manifest, {
          signal: step.signal,
          onProgress: (done) => step.report({ done }),
        })) ?? (await findStranger(folder, manifest));
      if (damaged !== null) throw new PackFailure('pack-damaged', { id, file: damaged });
      await requireTrial(id, folder, step);
      await switchIn(folder, runtimesDir, id);
      return { path: packPath(runtimesDir, id), id };
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }

  async function requireTrial(id: PackId, path: string, step: Step): Promise<void> {
    step.report({ phase: 'try', done: null, total: null });
    const trial = await probe({ id, path, nodePath });
    step.signal.throwIfAborted();
    if (trial.works) return;
    if (trial.why === 'no-card') throw new PackFailure('cuda-no-card');
    if (trial.why === 'outdated') throw new PackFailure('pack-outdated', { id, operation: trial.operation });
    const { how, what, detail } = trial.trial;
    throw new PackFailure('pack-trial-failed', { id, how, what, detail });
  }

  async function download(release: PackRelease, step: Step): Promise<string> {
    const target = join(downloadsDir, basename(new URL(release.url).pathname));
    await makeFolder(downloadsDir);
    const present = await stat(`${target}.part`).then(
      ({ size }) => size,
      () => 0,
    );
    await requireSpace(downloadsDir, release.bytes - present + release.unpackedBytes);
    step.report({ phase: 'download', done: present, total: release.bytes });
    await downloadFile(
      { url: release.url, bytes: release.bytes, sha256: release.sha256, target },
      { ...options.download, signal: step.signal, onProgress: (done) => step.report({ done }) },
    );
    return target;
  }

  /** The pack that is in use, or the one that can be removed. */
  const installed = async (id: PackId, removable = false) => {
    const packs = (await listPacks(packDirs, runtimesDir)).filter((other) => other.id === id);
    const pack = (removable ? packs.find((other) => other.removable) : undefined) ?? packs[0];
    if (!pack) throw new PackFailure('pack-not-installed', { id });
    return pack;
  };

  return {
    get task() {
      return task;
    },
    get outcome() {
      return outcome;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    cancel: () => abort?.abort(),

    async status() {
      if (!task) await healSwitch(runtimesDir);
      const packs = await listPacks(packDirs, runtimesDir);
      const unused = await listUnused(options);
      const counted = new Set<string>();
      let unusedBytes = 0;
      for (const path of unused) unusedBytes += await folderSize(path, counted);
      const available = packIdSchema.options.flatMap((id): RuntimesStatus['available'] => {
        if (packs.some((pack) => pack.id === id)) return [];
        const release = findRelease(id);
        if (release) return [{ id, version: TENSORFLOW_VERSION, how: 'download', bytes: release.bytes }];
        return canBuild(root, id) ? [{ id, version: TENSORFLOW_VERSION, how: 'build', bytes: null }] : [];
      });
      const disk = await statfs(runtimesDir).catch(() => statfs(root));
      return {
        packs,
        available,
        task,
        outcome,
        space: {
          packs: packs.reduce((sum, { bytes }) => sum + bytes, 0),
          unused: unusedBytes,
          runs: await folderSize(runsDir),
          caches: await folderSize(cacheDir),
          free: disk.bavail * disk.bsize,
        },
      };
    },

    install: (id) =>
      run('install', id, async (step) => {
        if (id === 'tensorflow-cuda' && (await listNvidiaCards()).length === 0)
          throw new PackFailure('cuda-no-card');
        const release = findRelease(id);
        if (!release) {
          if (!canBuild(root, id)) {
            throw new PackFailure('pack-not-offered', {
              id,
              platform: `${process.platform} ${process.arch}`,
            });
          }
          const { signal } = step;
          await buildPack({
            root,
            runtimesDir,
            id,
            signal,
            nodePath,
            onProgress: (progress) => step.report(progress),
          });
          return { path: packPath(runtimesDir, id) };
        }
        return await withTaskLock(runtimesDir, async () => {
          const archive = await download(release, step);
          try {
            return { path: (await adopt(archive, id, step)).path };
          } finally {
            await rm(archive, { force: true });
          }
        });
      }),

    importFile: (path) =>
      run('import', null, (step) => withTaskLock(runtimesDir, () => adopt(path, null, step))),

    verify: (id) =>
      run('verify', id, async (step) => {
        const { path, bytes } = await installed(id);
        const manifest = await readPackManifest(path);
        step.report({ phase: 'check', done: 0, total: bytes });
        const damaged = await findDamage(path, manifest, {
          signal: step.signal,
          onProgress: (done) => step.report({ done }),
        });
        if (damaged !== null) throw new PackFailure('pack-damaged', { id, file: damaged });
        await requireTrial(id, path, step);
        return { path, files: Object.keys(manifest.files).length };
      }),

    async remove(id) {
      if (task) return hostFailure('runtime-task-running');
      return attempt(() =>
        withTaskLock(runtimesDir, async () => {
          const { path, bytes, removable } = await installed(id, true);
          if (!removable) throw new PackFailure('pack-of-the-program', { id, path });
          // Else the next look at the folder would put the previous one in its place.
          await rm(join(runtimesDir, 'previous', packName(id)), { recursive: true, force: true });
          await removePack(path);
          changed();
          return { freedBytes: bytes };
        }),
      );
    },

    async clean() {
      if (task) return hostFailure('runtime-task-running');
      return attempt(() =>
        withTaskLock(runtimesDir, async () => {
          let freedBytes = 0;
          for (const path of await listUnused(options)) {
            freedBytes += await folderSize(path);
            await rm(path, { recursive: true, force: true });
          }
          changed();
          return { freedBytes };
        }),
      );
    },
  };
}

const plain = ({ code, message, data }: HostError): PackOutcome['failure'] => ({
  code,
  message,
  ...(data && { data: data as NonNullable<NonNullable<PackOutcome['failure']>['data']> }),
});
