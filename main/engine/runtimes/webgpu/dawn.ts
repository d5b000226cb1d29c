import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The addon of the npm package `webgpu`: Dawn, Chromium's implementation of WebGPU. */
export interface Dawn {
  create(options: readonly string[]): GPU;
  /** Classes and constants that a browser has as globals (`GPUBufferUsage`…). */
  readonly globals: Readonly<Record<string, unknown>>;
}

/** Folder of a packaged app's copy, beside its runtime packs. */
const PACK_NAME = 'webgpu';

/** Path of the addon for this platform: a packaged app's, else the npm package's; null where there is none. */
export function findDawn(packDirs: readonly string[]): string | null {
  const packaged = packDirs.map((dir) => join(dir, PACK_NAME, 'dawn.node')).find((path) => existsSync(path));
  if (packaged !== undefined) return packaged;
  const platform = process.platform === 'darwin' ? 'darwin-universal' : `${process.platform}-${process.arch}`;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('webgpu/package.json'));
    const path = join(folder, 'dist', platform, 'dawn.node');
    return existsSync(path) ? path : null;
  } catch {
    // Not installed: a packaged app has no node_modules.
    return null;
  }
}

export function loadDawn(path: string): Dawn {
  return createRequire(import.meta.url)(path) as Dawn;
}
