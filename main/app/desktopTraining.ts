import { createAbsentTraining } from '#main/services/absentTraining.ts';
import { hostFailure } from '#main/services/hostFailure.ts';
import type { OpenHostOptions } from '#main/services/openHost.ts';
import type { ResourcePaths } from '#main/services/paths.ts';
import { startTraining } from '#main/services/startTraining.ts';
import { findEngineNode } from './engineNode.ts';

/** The engine of the desktop, in the plain Node that comes with the app. */
export function createDesktopTraining(
  resources: ResourcePaths,
  packaged: boolean,
): OpenHostOptions['createTraining'] {
  return async ({ data, settings }) => {
    const nodePath = findEngineNode({
      packaged,
      resourcesPath: process.resourcesPath,
      platform: process.platform,
      environment: process.env,
    });
    if (nodePath === null) return createAbsentTraining(hostFailure('node-missing').error);
    return startTraining({ resources, data, settings, nodePath });
  };
}
