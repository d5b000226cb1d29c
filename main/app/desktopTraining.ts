import { createAbsentTraining } from '#main/services/absentTraining.ts';
import { hostFailure } from '#main/services/hostFailure.ts';
import type { OpenHostOptions } from '#main/services/openHost.ts';
import type { ResourcePaths } from '#main/services/paths.ts';
import { startTraining } from '#main/services/startTraining.ts';
import { findEngineNode } from './engineNode.ts';

/** The plain Node that comes with the app, or one of the machine's; null where there is none. */
export function findDesktopNode(packaged: boolean): string | null {
  return findEngineNode({
    packaged,
    resourcesPath: process.resourcesPath,
    platform: process.platform,
    environment: process.env,
  });
}

/** The engine of the desktop, in that Node. */
export function createDesktopTraining(
  resources: ResourcePaths,
  nodePath: string | null,
): OpenHostOptions['createTraining'] {
  return async ({ data, settings, sources }) => {
    if (nodePath === null) return createAbsentTraining(hostFailure('node-missing').error);
    return startTraining({ resources, data, settings, sources, nodePath });
  };
}
