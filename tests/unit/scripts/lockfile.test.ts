import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

interface LockedPackage {
  readonly version?: string;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lockfile = resolve(import.meta.dirname, '../../../package-lock.json');
const { packages }: { packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(
  readFileSync(lockfile, 'utf8'),
);

/** npm leaves out what its registry does not have at that moment, and `npm ci` then fails everywhere. */
it('the lockfile holds the native packages of every platform', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
  );
  expect(missing).toEqual([]);
});

/** Whether `name` is found from `path` upwards, as Node looks for it. */
function isLocked(path: string, name: string): boolean {
  const found = packages[`${path === '' ? '' : `${path}/`}node_modules/${name}`] !== undefined;
  if (found || path === '') return found;
  return isLocked(path.slice(0, Math.max(path.lastIndexOf('/node_modules/'), 0)), name);
}
