import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataPaths, defaultDataDir, findResourcePaths, runtimePackDirs } from '#main/services/paths.ts';

describe('the data folder', () => {
  const home = '/home/ada';
  it.each([
    ['linux', {}, '/home/ada/.local/share/neuroloom'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/neuroloom'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/neuroloom'],
    ['linux', { XDG_DATA_HOME: '' }, '/home/ada/.local/share/neuroloom'],
    ['darwin', {}, '/home/ada/Library/Application Support/Neuroloom'],
    ['win32', { LOCALAPPDATA: '/local' }, '/local/Neuroloom'],
    ['win32', {}, '/home/ada/AppData/Local/Neuroloom'],
  ] as const)('on %s with %o is %s', (platform, environment, expected) => {
    expect(defaultDataDir({ platform, environment, home })).toBe(expected);
  });

  it('is absolute', () => {
    expect(dataPaths('some/where').dataDir).toBe(resolve('some/where'));
  });
});

describe('the program’s own files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'neuroloom-paths-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function install(root: string): Promise<void> {
    await mkdir(join(root, 'dist', 'app'), { recursive: true });
    await writeFile(join(root, 'package.json'), JSON.stringify({ name: 'neuroloom', version: '1.2.3' }));
    // A bundle's folder may have a package.json of another name.
    await writeFile(join(root, 'dist', 'app', 'package.json'), JSON.stringify({ name: 'other' }));
  }

  it('are found from the source and from a bundle of this checkout', () => {
    expect(findResourcePaths()).toMatchObject({ rendererDir: resolve('dist/renderer'), dataPath: null });
  });

  it('are found in a packaged app, the engine outside its archive', async () => {
    const root = join(folder, 'resources', 'app.asar');
    await install(root);
    const paths = findResourcePaths(join(root, 'dist', 'app'));
    expect(paths).toMatchObject({ root, version: '1.2.3', rendererDir: join(root, 'dist', 'renderer') });
    expect(paths.enginePath).toBe(
      join(folder, 'resources', 'app.asar.unpacked', 'dist', 'engine', 'engine.cjs'),
    );
    expect(paths.dataPath).toBe(join(folder, 'resources', 'data'));
    expect(runtimePackDirs(paths, dataPaths('/data'))).toEqual([
      join(folder, 'resources', 'app.asar.unpacked', '.runtimes'),
      resolve('/data/runtimes'),
    ]);
  });

  it('are missed loudly', () => {
    expect(() => findResourcePaths(folder)).toThrow('No package.json');
  });
});
