import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, expect, test } from '@playwright/test';

/** The binary of the installed `electron` package; null where it was not downloaded. */
function electronBinary(): string | null {
  const folder = join('node_modules', 'electron');
  const name = join(folder, 'path.txt');
  if (!existsSync(name)) return null;
  const path = join(folder, 'dist', readFileSync(name, 'utf8').trim());
  return existsSync(path) ? path : null;
}

const binary = electronBinary();
const screen = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

let app: ElectronApplication | null = null;
let folder: string;

test.beforeEach(async () => {
  test.skip(
    binary === null,
    'The Electron binary is not on this machine: the desktop is tested against a stand-in.',
  );
  test.skip(!screen, 'There is no display for a desktop window.');
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-electron-'));
});
test.afterEach(async () => {
  await app?.close();
  app = null;
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function launch(...options: string[]): Promise<ElectronApplication> {
  // Chromium refuses its sandbox to root; everyone else gets it.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  app = await _electron.launch({
    ...(binary === null ? {} : { executablePath: binary }),
    args: [...root, join('dist', 'app', 'main.cjs'), `--data-dir=${folder}`, ...options],
    env: { ...process.env, NEUROLOOM_NODE: process.execPath } as Record<string, string>,
  });
  return app;
}

test('the desktop window shows the app, without Node or Electron in reach of the page', async () => {
  const window = await (await launch()).firstWindow();
  await expect(window).toHaveURL('app://neuroloom/');
  await expect(window.locator('#root > *').first()).toBeVisible();
  const seen = await window.evaluate(() => ({
    node: 'require' in globalThis || 'process' in globalThis || 'Buffer' in globalThis,
    bridge: Object.keys((globalThis as { neuroloom?: object }).neuroloom ?? {}).sort(),
  }));
  expect(seen).toEqual({ node: false, bridge: ['call', 'subscribe'] });
});

test('the page cannot leave, open windows or fetch from outside', async () => {
  const running = await launch();
  const window = await running.firstWindow();
  await window.evaluate(() => {
    globalThis.open('https://example.com/');
    globalThis.location.href = 'https://example.com/';
  });
  const fetched = await window.evaluate(() =>
    fetch('https://example.com/').then(
      () => 'fetched',
      () => 'refused',
    ),
  );
  expect(fetched).toBe('refused');
  expect(running.windows()).toHaveLength(1);
  await expect(window).toHaveURL('app://neuroloom/');
});

test('a graph file on the command line is opened', async () => {
  const path = join(folder, 'net.neuroloom.json');
  const document = { format: 'neuroloom', version: 1, name: 'From a file', nodes: [], edges: [] };
  await writeFile(path, JSON.stringify(document));
  const window = await (await launch(path)).firstWindow();
  await expect(window.getByText('From a file').first()).toBeVisible();
});
