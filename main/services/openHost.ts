import { existsSync } from 'node:fs';
import type { AppInfo, HostError } from '#shared/protocol/host.ts';
import { ok, type Result } from '#shared/protocol/problem.ts';
import { createAbsentTraining, engineMissing } from './absentTraining.ts';
import { createBlockLibrary } from './blockLibrary.ts';
import { createDataConsent } from './data/dataConsent.ts';
import { createDataSources, type DataSources } from './data/dataSources.ts';
import type { FileAccess } from './fileAccess.ts';
import { hostFailure } from './hostFailure.ts';
import { createHostServices, type HostDialogs, type HostServices } from './hostServices.ts';
import type { JsonStore } from './jsonStore.ts';
import { makeFolder } from './makeFolder.ts';
import { type DataPaths, dataPaths, type ResourcePaths } from './paths.ts';
import { createRecentFiles, type RecentFiles } from './recent.ts';
import { createRecoveryCopies } from './recovery.ts';
import { openRuntimes } from './runtimes/openRuntimes.ts';
import { createSettings, type Settings } from './settings.ts';
import type { Training } from './training.ts';

export interface OpenHostOptions {
  readonly mode: AppInfo['mode'];
  readonly resources: ResourcePaths;
  /** The platform's where left out. */
  readonly dataDir?: string | undefined;
  readonly access: FileAccess;
  readonly dialogs?: HostDialogs;
  /** Plain Node for what runs in processes of their own; the present process's where left out. */
  readonly nodePath?: string | undefined;
  readonly openExternal?: (url: string) => Promise<void>;
  createTraining(parts: { data: DataPaths; settings: Settings; sources: DataSources }): Promise<Training>;
}

/** The services of one process, with the parts that a front door needs by itself. */
export interface Host {
  readonly services: HostServices;
  readonly settings: JsonStore<Settings>;
  readonly recent: RecentFiles;
  readonly data: DataPaths;
}

/** Puts the services of a front door together over one data folder, and starts the engine. */
export async function openHost(options: OpenHostOptions): Promise<Result<Host, HostError>> {
  const { mode, resources, access, dialogs = null } = options;
  const data = dataPaths(options.dataDir);
  const settings = createSettings(data.settingsPath);
  let present: Settings;
  try {
    await makeFolder(data.dataDir);
    present = await settings.get();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return hostFailure('data-dir-unusable', { path: data.dataDir, detail });
  }
  const consent = createDataConsent({
    settings,
    home: access.root,
    // Browser mode shows nothing outside its root; the desktop asks in its own dialogs.
    refuses: async (path) => {
      const resolved = await access.resolve(path);
      return !resolved.ok && resolved.error.code !== 'not-chosen';
    },
  });
  const sources = createDataSources(consent, data.cacheDir);
  const training = existsSync(resources.enginePath)
    ? await options.createTraining({ data, settings: present, sources })
    : createAbsentTraining(engineMissing(resources.enginePath));
  const recent = createRecentFiles(data.recentPath);
  const services = createHostServices({
    info: {
      version: resources.version,
      mode,
      platform: process.platform,
      nativeDialogs: dialogs !== null,
      filesRoot: access.root,
      dataDir: data.dataDir,
    },
    access,
    recent,
    blocks: createBlockLibrary(data.blocksPath),
    recovery: createRecoveryCopies(data.recoveryDir),
    settings,
    sources,
    training,
    runtimes: openRuntimes({ resources, data, nodePath: options.nodePath }),
    dialogs,
    ...(options.openExternal === undefined ? {} : { openExternal: options.openExternal }),
  });
  return ok({ services, settings, recent, data });
}
