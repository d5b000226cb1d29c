import { type PackReleases, packReleasesSchema } from '#shared/protocol/runtimes.ts';
import { type DataPaths, type ResourcePaths, runtimePackDirs } from '../paths.ts';
import pinned from './releases.json';
import { createRuntimes, type Runtimes } from './runtimes.ts';

export interface OpenRuntimesOptions {
  readonly resources: ResourcePaths;
  readonly data: DataPaths;
  /** Plain Node for trials; the present process's where left out. */
  readonly nodePath?: string | undefined;
  /** What can be downloaded; what this version was released with where left out. */
  readonly releases?: PackReleases | undefined;
}

/** The runtime packs of a program and a data folder. */
export function openRuntimes({ resources, data, nodePath, releases }: OpenRuntimesOptions): Runtimes {
  return createRuntimes({
    packDirs: runtimePackDirs(resources, data),
    runtimesDir: data.runtimesDir,
    downloadsDir: data.downloadsDir,
    runsDir: data.runsDir,
    cacheDir: data.cacheDir,
    root: resources.root,
    releases: releases ?? packReleasesSchema.parse(pinned),
    nodePath,
  });
}
