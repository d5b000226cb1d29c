import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface EngineNodeOptions {
  readonly packaged: boolean;
  /** Electron's `process.resourcesPath`. */
  readonly resourcesPath: string;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The plain Node that the engine process runs in: the one bundled with a packaged app, else the one
 * named by `NEUROLOOM_NODE`, else the first on the path. Null where there is none.
 */
export function findEngineNode(
  options: EngineNodeOptions,
  exists: (path: string) => boolean = existsSync,
): string | null {
  const { packaged, resourcesPath, platform, environment } = options;
  const program = platform === 'win32' ? 'node.exe' : 'node';
  const bundled = platform === 'win32' ? ['node', program] : ['node', 'bin', program];
  const candidates = packaged
    ? [join(resourcesPath, ...bundled), join(resourcesPath, 'node', program)]
    : [
        environment.NEUROLOOM_NODE ?? '',
        ...(environment.PATH ?? '')
          .split(delimiter)
          .map((folder) => (folder === '' ? '' : join(folder, program))),
      ];
  return candidates.find((path) => path !== '' && exists(path)) ?? null;
}
