import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { createDataConsent } from '#main/services/data/dataConsent.ts';
import { createDataSources, type DataSources } from '#main/services/data/dataSources.ts';
import { isInside } from '#main/services/fileAccess.ts';
import { dataPaths } from '#main/services/paths.ts';
import { createSettings } from '#main/services/settings.ts';
import type { Overrides } from './graphInput.ts';

/**
 * The data that a command may read: what lies beside its graph, what the command line itself names
 * (`--set csv.path=…`), and what was picked before.
 */
export function commandLineSources(
  source: string | undefined,
  { dataDir, set = [] }: Pick<Overrides, 'set'> & { readonly dataDir?: string | undefined },
): DataSources {
  const folder = source === undefined ? null : realOf(graphFolder(source));
  const named = set.flatMap((assignment) => {
    const value = pathAssignment.exec(assignment)?.[2];
    const path = value === undefined ? null : realOf(resolve(graphFolder(source ?? ''), value));
    return path === null ? [] : [path];
  });
  const { settingsPath, cacheDir } = dataPaths(dataDir);
  const consent = createDataConsent({
    settings: createSettings(settingsPath),
    home: homedir(),
    trusts: async (path) => (folder !== null && isInside(folder, path)) || named.includes(path),
  });
  return createDataSources(consent, cacheDir);
}

const pathAssignment = /^([^=]*\.path)="?([^"]*)"?$/;

/** `--set csv.path=…` means a path from where the command runs; a graph's own are from where it lies. */
export const fromHere = (set: readonly string[]): readonly string[] =>
  set.map((assignment) => {
    const [, node, value] = pathAssignment.exec(assignment) ?? [];
    return node && value && existsSync(value) ? `${node}=${JSON.stringify(resolve(value))}` : assignment;
  });

/** The folder of a graph's file. */
export const graphFolder = (source: string): string => dirname(resolve(source));

function realOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
