import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatCommandLine, formatDevice } from '#main/services/messages.ts';
import { dataPaths, findResourcePaths } from '#main/services/paths.ts';
import { openRuntimes } from '#main/services/runtimes/openRuntimes.ts';
import type { Runtimes } from '#main/services/runtimes/runtimes.ts';
import { createSettings } from '#main/services/settings.ts';
import { type RuntimeId, runtimeIdSchema } from '#shared/protocol/run.ts';
import {
  type PackId,
  type PackReleases,
  packIdSchema,
  packReleasesSchema,
} from '#shared/protocol/runtimes.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import { inputError, usageError } from '../graphInput.ts';
import type { Output } from '../output.ts';
import { type EngineOptions, withEngine } from '../withEngine.ts';
import { unwrap } from './train.ts';

export const runtimeActions = ['list', 'install', 'verify', 'use', 'remove', 'import', 'clean'] as const;
export type RuntimeAction = (typeof runtimeActions)[number];

export interface RuntimesCommandOptions extends EngineOptions {
  /** File with what can be downloaded, in place of what this version was released with. */
  readonly manifest?: string | undefined;
}

interface Command {
  readonly runtimes: Runtimes;
  readonly options: RuntimesCommandOptions;
  readonly output: Output;
  readonly target: string | undefined;
}

/** The engines of this machine: what is there, and getting, checking, choosing and removing it. */
export async function manageRuntimes(
  action: RuntimeAction,
  target: string | undefined,
  options: RuntimesCommandOptions,
  output: Output,
): Promise<ExitCode> {
  const runtimes = openRuntimes({
    resources: findResourcePaths(),
    data: dataPaths(options.dataDir),
    releases: await readReleases(options.manifest),
  });
  const cancel = () => runtimes.cancel();
  process.on('SIGINT', cancel);
  process.on('SIGTERM', cancel);
  const stopReporting = reportTask(runtimes, output);
  try {
    return await actions[action]({ runtimes, options, output, target });
  } catch (error) {
    if (isCancelled(error)) {
      output.log(error.message);
      return exitCodes.interrupted;
    }
    throw error;
  } finally {
    stopReporting();
    process.off('SIGINT', cancel);
    process.off('SIGTERM', cancel);
  }
}

const actions: Readonly<Record<RuntimeAction, (command: Command) => Promise<ExitCode>>> = {
  list,

  async install({ runtimes, output, target }) {
    const id = packTarget(target);
    const { path } = unwrap(await runtimes.install(id));
    output.result({ event: 'done', id, path }, formatCommandLine('pack-installed', { id, path }));
    return exitCodes.done;
  },

  async import({ runtimes, output, target }) {
    if (target === undefined) throw usageError('import-what');
    const { id, path } = unwrap(await runtimes.importFile(resolve(target)));
    output.result({ event: 'done', id, path }, formatCommandLine('pack-installed', { id, path }));
    return exitCodes.done;
  },

  async verify({ runtimes, output, target }) {
    const { packs } = await runtimes.status();
    const ids = target === undefined ? packs.map(({ id }) => id) : [packTarget(target)];
    for (const id of ids) {
      const { path, files } = unwrap(await runtimes.verify(id));
      output.result(
        { event: 'verified', id, path, files },
        formatCommandLine('pack-verified', { id, path, files }),
      );
    }
    output.result({ event: 'done', packs: ids }, null);
    return exitCodes.done;
  },

  async use({ options, output, target }) {
    const chosen = runtimeTarget(target);
    const settings = createSettings(dataPaths(options.dataDir).settingsPath);
    await settings.update((present) => ({ ...present, runtime: chosen }));
    // What was chosen is written down in any case; that it does not work yet is worth knowing at once.
    return await withEngine({ ...options, engine: undefined }, output, async ({ ready }) => {
      const info = await ready;
      const { id, label, notes } = info;
      const lines = [
        formatCommandLine('in-use', { id, label, device: formatDevice(info) }),
        ...notes.map(({ message }) => message),
      ];
      output.result({ event: 'done', requested: chosen, ...info }, lines.join('\n'));
      return chosen === null || chosen === id ? exitCodes.done : exitCodes.runtime;
    });
  },

  async remove({ runtimes, output, target }) {
    const id = packTarget(target);
    const { freedBytes } = unwrap(await runtimes.remove(id));
    output.result(
      { event: 'done', id, freedBytes },
      formatCommandLine('freed', { size: megabytes(freedBytes) }),
    );
    return exitCodes.done;
  },

  async clean({ runtimes, output }) {
    const { freedBytes } = unwrap(await runtimes.clean());
    output.result({ event: 'done', freedBytes }, formatCommandLine('freed', { size: megabytes(freedBytes) }));
    return exitCodes.done;
  },
};

async function list({ runtimes, options, output }: Command): Promise<ExitCode> {
  const { packs, available, space } = await runtimes.status();
  const { platform, arch } = process;
  for (const { id, version, path, bytes, shadowed } of packs) {
    output.result(
      { event: 'pack', id, libraryVersion: version, platform, arch, path, bytes, shadowed },
      formatCommandLine('pack-line', { id, version, platform, arch, path, size: megabytes(bytes), shadowed }),
    );
  }
  for (const { id, version, how, bytes } of available) {
    const size = bytes === null ? 'none' : megabytes(bytes);
    output.result(
      { event: 'available', id, version, how, bytes },
      formatCommandLine('pack-available', { id, version, how, size }),
    );
  }
  output.result(
    { event: 'space', ...space },
    formatCommandLine('disk-use', {
      packs: megabytes(space.packs),
      unused: megabytes(space.unused),
      runs: megabytes(space.runs),
      caches: megabytes(space.caches),
      free: megabytes(space.free),
    }),
  );
  return await withEngine(options, output, async ({ ready }) => {
    const info = await ready;
    const { id, label, notes } = info;
    output.result(
      { event: 'done', ...info },
      [
        formatCommandLine('in-use', { id, label, device: formatDevice(info) }),
        ...notes.map(({ message }) => message),
      ].join('\n'),
    );
    return exitCodes.done;
  });
}

function packTarget(target: string | undefined): PackId {
  const parsed = packIdSchema.safeParse(target);
  if (parsed.success) return parsed.data;
  throw usageError('which-pack', { packs: packIdSchema.options.join(', ') });
}

function runtimeTarget(target: string | undefined): RuntimeId | null {
  if (target === 'auto') return null;
  const parsed = runtimeIdSchema.safeParse(target);
  if (parsed.success) return parsed.data;
  throw usageError('which-runtime', { runtimes: ['auto', ...runtimeIdSchema.options].join(', ') });
}

async function readReleases(path: string | undefined): Promise<PackReleases | undefined> {
  if (path === undefined) return undefined;
  try {
    return packReleasesSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw inputError('manifest-unreadable', 'file-unreadable', { file: path, detail });
  }
}

/** Each phase as a line, how far it is on a line that is overwritten. */
function reportTask(runtimes: Runtimes, output: Output): () => void {
  let told = '';
  return runtimes.onChange(() => {
    const { task } = runtimes;
    if (!task) return;
    const { done, total } = task;
    // For programs, every phase and every twentieth of it.
    const part = done === null || total === null ? '' : Math.floor((20 * done) / total);
    if (told !== `${task.phase} ${part}`) output.result({ event: 'progress', ...task }, null);
    told = `${task.phase} ${part}`;
    const amount = done === null || total === null ? 'none' : `${megabytes(done)} / ${megabytes(total)}`;
    output.progress(formatCommandLine('pack-progress', { phase: task.phase, amount }));
  });
}

const isCancelled = (error: unknown): error is { message: string } =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'runtime-task-cancelled';

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
