import { engineFailure } from '#main/services/engineFailure.ts';
import { EngineError } from '../failures.ts';
import type { DataLoader } from './dataSource.ts';
import { mnistLoader } from './mnist.ts';

/** Loaders by the name that dataset nodes give. */
const loaders: ReadonlyMap<string, DataLoader> = new Map([['mnist', mnistLoader]]);

export function findLoader(name: string): DataLoader {
  const loader = loaders.get(name);
  if (!loader) {
    throw new EngineError(engineFailure('data-unavailable', 'loader-unknown', { loader: name }));
  }
  return loader;
}
