import { constants } from 'node:os';
import { createEngineHost } from '#main/engineHost/engineHost.ts';
import type { DataSources } from './data/dataSources.ts';
import { createEngineTraining } from './engineTraining.ts';
import { type DataPaths, type ResourcePaths, runtimePackDirs } from './paths.ts';
import { createRuns } from './runs.ts';
import type { Settings } from './settings.ts';
import type { Training } from './training.ts';

export interface StartTrainingOptions {
  readonly resources: ResourcePaths;
  readonly data: DataPaths;
  readonly settings: Settings;
  readonly sources: DataSources;
  /** Plain Node for the engine; the present process's where left out. */
  readonly nodePath?: string | undefined;
  /** Lines that the engine writes to its outputs. */
  log?(line: string): void;
}

/** The runs of a data folder and an engine of its own process, at lowered priority beside a window. */
export function startTraining({
  resources,
  data,
  settings,
  sources,
  nodePath,
  log,
}: StartTrainingOptions): Training {
  const host = createEngineHost({
    enginePath: resources.enginePath,
    packDirs: runtimePackDirs(resources, data),
    runtime: settings.runtime,
    priority: constants.priority.PRIORITY_BELOW_NORMAL,
    cacheDir: data.cacheDir,
    ...(resources.dataPath === null ? {} : { dataPath: resources.dataPath }),
    ...(nodePath === undefined ? {} : { nodePath }),
    ...(log === undefined ? {} : { log }),
  });
  return createEngineTraining({ host, runs: createRuns(data.runsDir, resources.version), sources });
}
