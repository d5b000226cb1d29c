import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineFailure } from '#main/services/engineFailure.ts';
import { EngineError } from '../failures.ts';

/** A file of samples that comes with the app: where it lies in a packaged app, and in a checkout. */
export interface ShippedFile {
  /** Path below the data folder of a packaged app. */
  readonly packaged: string;
  /** npm package and path in it; a path below the project's `data` folder where there is no package. */
  readonly npm?: { readonly name: string; readonly path: string };
}

/** `NEUROLOOM_DATA_PATH` (in a packaged app), else the installed npm package or the project's `data` folder. */
export function findDataFile({ packaged, npm }: ShippedFile): string {
  const root = process.env.NEUROLOOM_DATA_PATH;
  const candidates = [...(root ? [join(root, packaged)] : []), npm ? inPackage(npm) : inProject(packaged)];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  if (found !== undefined) return found;
  throw new EngineError(
    engineFailure('data-unavailable', 'data-file-unusable', { path: packaged, why: 'opening' }),
  );
}

function inPackage({ name, path }: { name: string; path: string }): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), path);
  } catch {
    return undefined;
  }
}

/** From this file, or the bundle that it is part of, upwards. */
function inProject(path: string): string | undefined {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'data', path);
    if (existsSync(candidate)) return candidate;
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}
