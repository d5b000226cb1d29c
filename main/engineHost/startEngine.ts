import { type DataPaths, type ResourcePaths, runtimePackDirs } from '#main/services/paths.ts';
import { createRuns, type Runs } from '#main/services/runs.ts';
import type { RuntimeId } from '#shared/protocol/run.ts';
import { createEngineHost, type EngineHost } from './engineHost.ts';

export interface StartEngineOptions {
  readonly resources: ResourcePaths;
  readonly data: DataPaths;
  /** Rung of the ladder; null picks the best that works. */
  readonly runtime: RuntimeId | null;
  /** Plain Node; the present process's program where left out. */
  readonly nodePath?: string;
  readonly dataPath?: string;
  readonly priority?: number;
  log?(line: string): void;
}

/** A supervised engine over the user's run folders: what every front door starts. */
export function startEngine(options: StartEngineOptions): { host: EngineHost; runs: Runs } {
  const { resources, data, runtime, ...rest } = options;
  const host = createEngineHost({
    ...rest,
    runtime,
    enginePath: resources.enginePath,
    packDirs: runtimePackDirs(resources, data),
  });
  return { host, runs: createRuns(data.runsDir, resources.version) };
}
