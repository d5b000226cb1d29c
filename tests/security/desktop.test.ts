import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bridgeChannels } from '#shared/protocol/bridge.ts';
import {
  createElectronStandIn,
  type ElectronStandIn,
  FrameStandIn,
  runMainBundle,
  runPreloadBundle,
  WebContentsStandIn,
} from './electronStandIn.ts';

let folder: string;
let electron: ElectronStandIn;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-desktop-'));
  process.env.NEUROLOOM_NODE = process.execPath;
});
afterEach(async () => {
  electron.app.emit('will-quit', { preventDefault: () => undefined });
  if (electron.windows.length > 0) await electron.exit;
  await rm(folder, { recursive: true, force: true });
});

async function startApp(argv: readonly string[] = []): Promise<ElectronStandIn['windows'][number]> {
  electron = createElectronStandIn({ lock: true });
  runMainBundle(electron.module, [`--data-dir=${folder}`, ...argv]);
  await expect
    .poll(() => electron.windows.length + electron.dialogs.errors.length, { timeout: 10_000 })
    .toBe(1);
  expect(electron.dialogs.errors).toEqual([]);
  const [window] = electron.windows;
  if (window === undefined) throw new Error('No window');
  return window;
}

/** As the page would: from the top frame of the window, by structured clone. */
async function invoke(
  contents: WebContentsStandIn,
  channel: string,
  ...values: unknown[]
): Promise<{ ok: boolean; value?: unknown; error?: { code: string; message: string } }> {
  return invokeFrom({ sender: contents, senderFrame: contents.mainFrame }, channel, ...values);
}
async function invokeFrom(event: object, channel: string, ...values: unknown[]) {
  const answer = await electron.ipcHandlers.get(channel)?.(
    event,
    ...values.map((value) => structuredClone(value)),
  );
  return structuredClone(answer) as {
    ok: boolean;
    value?: unknown;
    error?: { code: string; message: string };
  };
}
const call = (contents: WebContentsStandIn, method: string, input: unknown = {}) =>
  invoke(contents, bridgeChannels.call, { method, input });

/** What the page was told to do; the engine reports by itself at any time. */
function commandsTo({ sent }: WebContentsStandIn): unknown[] {
  for (const { channel } of sent) expect(channel).toBe(bridgeChannels.event);
  return sent.map(({ value }) => value).filter((value) => (value as { type: string }).type === 'command');
}

function menuItem(id: string): MenuItemConstructorOptions {
  const items = electron.menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
  const found = items.find((item) => item.id === id);
  if (found === undefined) throw new Error(`No menu item ${id}`);
  return found;
}
function press(item: MenuItemConstructorOptions): void {
  (item.click as () => void)();
}

describe('the desktop window', () => {
  it('is sandboxed and isolated, and shows the page of its own scheme', async () => {
    const window = await startApp();
    expect(window.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    });
    expect(window.options.webPreferences.preload).toMatch(/preload\.cjs$/);
    expect(window.loaded).toEqual(['app://neuroloom/']);
    expect(electron.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
    const ready = electron.log.indexOf('ready');
    for (const early of ['enableSandbox', 'registerSchemes', `setPath userData ${join(folder, 'desktop')}`]) {
      expect(electron.log.indexOf(early)).toBeGreaterThanOrEqual(0);
      expect(electron.log.indexOf(early)).toBeLessThan(ready);
    }
  });

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])(
    'does not leave its page by %s',
    async (event) => {
      const { webContents } = await startApp();
      for (const url of [
        'https://evil.example/',
        'file:///etc/passwd',
        'app://neuroloom.evil.example/',
        'app://evil/',
        'app://x@neuroloom/',
        'data:text/html,x',
        'javascript:1',
        'not a url',
      ]) {
        let prevented = false;
        webContents.emit(event, { url, preventDefault: () => (prevented = true) });
        expect([url, prevented]).toEqual([url, true]);
      }
    },
  );

  it('opens no other window, and outside only links of the allow-list', async () => {
    const { webContents } = await startApp();
    for (const url of [
      'https://github.com/',
      'https://github.com.evil.example/',
      'https://x@github.com/',
      'https://github.com:8443/',
      'http://github.com/',
      'file:///etc/passwd',
      'app://neuroloom/',
    ]) {
      expect(webContents.windowOpenHandler?.({ url })).toEqual({ action: 'deny' });
    }
    expect(electron.opened).toEqual(['https://github.com/']);
    expect(await call(webContents, 'app.openExternal', { url: 'https://evil.example/' })).toMatchObject({
      error: { code: 'url-refused' },
    });
  });

  it('holds other web contents to the same rules, and allows no webview', async () => {
    await startApp();
    const other = new WebContentsStandIn();
    electron.app.emit('web-contents-created', {}, other);
    let prevented = 0;
    const event = { url: 'https://evil.example/', preventDefault: () => (prevented += 1) };
    other.emit('will-attach-webview', event);
    other.emit('will-navigate', event);
    expect(prevented).toBe(2);
    expect(other.windowOpenHandler?.({ url: 'https://evil.example/' })).toEqual({ action: 'deny' });
  });

  it('gets no permission, fetches nothing from outside, downloads nothing', async () => {
    await startApp();
    const session = electron.session as unknown as {
      permissionRequest(contents: unknown, permission: string, answer: (granted: boolean) => void): void;
      permissionCheck(): boolean;
      devicePermission(): boolean;
      onBeforeRequest(details: { url: string }, answer: (result: { cancel: boolean }) => void): void;
      emit(name: string, event: object, item?: object): void;
    };
    let granted: boolean | null = null;
    session.permissionRequest(null, 'media', (answer) => {
      granted = answer;
    });
    expect([granted, session.permissionCheck(), session.devicePermission()]).toEqual([false, false, false]);
    const cancelled = (url: string): boolean => {
      let result = false;
      session.onBeforeRequest({ url }, ({ cancel }) => {
        result = cancel;
      });
      return result;
    };
    expect(cancelled('app://neuroloom/assets/a.js')).toBe(false);
    for (const url of [
      'https://evil.example/',
      'http://127.0.0.1/',
      'ws://127.0.0.1/',
      'file:///etc/passwd',
      'app://evil/',
    ]) {
      expect([url, cancelled(url)]).toEqual([url, true]);
    }
    const refused = (url: string): boolean => {
      let prevented = false;
      session.emit('will-download', { preventDefault: () => (prevented = true) }, { getURL: () => url });
      return prevented;
    };
    for (const url of ['https://evil.example/x', 'blob:https://evil.example/1', 'data:text/html,x'])
      expect([url, refused(url)]).toEqual([url, true]);
    expect(refused('blob:app://neuroloom/1')).toBe(false);
  });

  it('serves the built page with its policy, and nothing beside it', async () => {
    await startApp();
    const serve = electron.protocolHandlers.get('app');
    if (serve === undefined) throw new Error('No handler');
    const page = await serve(new Request('app://neuroloom/'));
    expect(page.status).toBe(200);
    const policy = page.headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self';/);
    expect(policy).not.toContain('unsafe-eval');
    expect(page.headers.get('X-Content-Type-Options')).toBe('nosniff');
    for (const [url, status] of [
      ['app://neuroloom/%2e%2e/%2e%2e/package.json', 404],
      ['app://neuroloom/..%2fapp%2fmain.cjs', 404],
      ['app://neuroloom/..%5capp%5cmain.cjs', 404],
      ['app://neuroloom/nothing.js', 404],
      ['app://evil/', 403],
    ] as const) {
      expect([url, (await serve(new Request(url))).status]).toEqual([url, status]);
    }
    expect((await serve(new Request('app://neuroloom/', { method: 'POST' }))).status).toBe(403);
  });
});

describe('messages from a page', () => {
  it('are answered for the window itself', async () => {
    const { webContents } = await startApp();
    expect(await call(webContents, 'app.info')).toMatchObject({
      ok: true,
      value: { mode: 'desktop', nativeDialogs: true, dataDir: folder },
    });
  });

  it('are refused from any other sender', async () => {
    const { webContents } = await startApp();
    const stranger = new WebContentsStandIn();
    const frame = new FrameStandIn('app://neuroloom/');
    const away = new FrameStandIn('https://evil.example/');
    const senders = [
      { sender: stranger, senderFrame: stranger.mainFrame },
      { sender: webContents, senderFrame: frame },
      { sender: webContents, senderFrame: null },
    ];
    for (const channel of electron.ipcHandlers.keys()) {
      for (const event of senders) {
        const answer = await invokeFrom(event, channel, { method: 'app.info', input: {} });
        expect(answer).toMatchObject({ ok: false, error: { code: 'wrong-sender' } });
      }
      webContents.mainFrame = away;
      const answer = await invokeFrom({ sender: webContents, senderFrame: away }, channel, {
        method: 'app.info',
        input: {},
      });
      expect(answer).toMatchObject({ ok: false, error: { code: 'wrong-sender' } });
      webContents.mainFrame = new FrameStandIn('app://neuroloom/');
    }
  });

  it('are parsed before they are answered', async () => {
    const { webContents } = await startApp();
    for (const argument of [
      null,
      'app.info',
      {},
      { method: 7, input: {} },
      { method: 'app.info', input: {}, more: 1 },
    ]) {
      expect(await invoke(webContents, bridgeChannels.call, argument)).toMatchObject({
        error: { code: 'invalid-input' },
      });
    }
    expect(await call(webContents, 'constructor')).toMatchObject({ error: { code: 'unknown-method' } });
    expect(await call(webContents, 'files.read', { path: '' })).toMatchObject({
      error: { code: 'invalid-input' },
    });
  });

  it('read and write only files that a person chose', async () => {
    const { webContents } = await startApp();
    const path = join(folder, 'net.neuroloom.json');
    await writeFile(path, '{}');
    const refused = { error: { code: 'not-chosen' } };
    expect(await call(webContents, 'files.read', { path })).toMatchObject(refused);
    expect(await call(webContents, 'files.save', { path, text: '1', overwrite: true })).toMatchObject(
      refused,
    );
    expect(await call(webContents, 'files.read', { path: '/etc/passwd' })).toMatchObject(refused);
    expect(
      await call(webContents, 'run.export', {
        runId: 'r',
        format: 'savedmodel',
        path: join(folder, 'model'),
      }),
    ).toMatchObject(refused);

    electron.dialogs.openPaths = [path];
    expect(await call(webContents, 'dialog.open')).toEqual({ ok: true, value: { path } });
    expect(await call(webContents, 'files.read', { path })).toMatchObject({ value: { text: '{}' } });

    electron.dialogs.savePath = join(folder, 'other');
    const other = join(folder, 'other.neuroloom.json');
    expect(await call(webContents, 'dialog.save', { suggestedName: 'x' })).toEqual({
      ok: true,
      value: { path: other },
    });
    expect(
      await call(webContents, 'files.save', { path: other, text: '[]', overwrite: false }),
    ).toMatchObject({
      ok: true,
    });
    expect(await readFile(other, 'utf8')).toBe('[]');

    electron.dialogs.openPaths = [];
    expect(await call(webContents, 'dialog.open')).toEqual({ ok: true, value: { path: null } });
  });
});

describe('the menu', () => {
  it('sends its commands to the page, with the usual keys', async () => {
    const { webContents } = await startApp();
    await invoke(webContents, bridgeChannels.listening);
    const keys = {
      new: 'CmdOrCtrl+N',
      open: 'CmdOrCtrl+O',
      save: 'CmdOrCtrl+S',
      'save-as': 'CmdOrCtrl+Shift+S',
      export: 'CmdOrCtrl+E',
      undo: 'CmdOrCtrl+Z',
      redo: process.platform === 'darwin' ? 'Cmd+Shift+Z' : 'Ctrl+Y',
      train: 'CmdOrCtrl+Enter',
      stop: 'CmdOrCtrl+.',
    };
    for (const [command, accelerator] of Object.entries(keys)) {
      const item = menuItem(command);
      expect([command, item.accelerator, item.label]).toEqual([
        command,
        accelerator,
        expect.stringMatching(/\w/),
      ]);
      press(item);
      expect(commandsTo(webContents).at(-1)).toEqual({ type: 'command', command });
    }
  });

  it('offers the files last used', async () => {
    const path = join(folder, 'net.neuroloom.json');
    await writeFile(path, '{}');
    const { webContents } = await startApp();
    expect(menuItem('open-recent').enabled).toBe(false);
    electron.dialogs.openPaths = [path];
    await call(webContents, 'dialog.open');
    await call(webContents, 'files.rememberRecent', { path });
    await expect.poll(() => menuItem('open-recent').submenu).toMatchObject([{ label: 'net', toolTip: path }]);
  });
});

describe('a graph file', () => {
  it('on the command line is opened once the page listens', async () => {
    const path = join(folder, 'net.neuroloom.json');
    await writeFile(path, '{"a":1}');
    const { webContents } = await startApp(['--inspect', path]);
    expect(commandsTo(webContents)).toEqual([]);
    await invoke(webContents, bridgeChannels.listening);
    expect(commandsTo(webContents)).toEqual([{ type: 'command', command: 'open-path', path }]);
    expect(await call(webContents, 'files.read', { path })).toMatchObject({ value: { text: '{"a":1}' } });
  });

  it('of a second start, or from the file manager, opens in the window that is there', async () => {
    const window = await startApp();
    await invoke(window.webContents, bridgeChannels.listening);
    electron.app.emit('second-instance', {}, ['electron', 'a.neuroloom.json', 'b.txt'], folder);
    let prevented = false;
    electron.app.emit(
      'open-file',
      { preventDefault: () => (prevented = true) },
      join(folder, 'b.neuroloom.json'),
    );
    await expect
      .poll(() => commandsTo(window.webContents))
      .toEqual([
        { type: 'command', command: 'open-path', path: join(folder, 'a.neuroloom.json') },
        { type: 'command', command: 'open-path', path: join(folder, 'b.neuroloom.json') },
      ]);
    expect([prevented, window.focused > 0, electron.windows.length]).toEqual([true, true, 1]);
  });
});

describe('the app', () => {
  it('runs once: a second start ends itself', () => {
    electron = createElectronStandIn({ lock: false });
    runMainBundle(electron.module, [`--data-dir=${folder}`]);
    expect([electron.log.includes('quit'), electron.log.includes('ready')]).toEqual([true, false]);
  });

  it('asks before unsaved work is lost', async () => {
    const { webContents } = await startApp();
    const leave = (answer: number): boolean => {
      electron.dialogs.answer = answer;
      let goes = false;
      webContents.emit('will-prevent-unload', { preventDefault: () => (goes = true) });
      return goes;
    };
    expect([leave(0), leave(1)]).toEqual([false, true]);
    expect(electron.dialogs.messageBoxes[0]?.buttons?.[0]).toBe('Cancel');
  });

  it('offers to load a page anew that has died, and says why it did', async () => {
    const { webContents } = await startApp();
    electron.dialogs.answer = 0;
    webContents.emit('render-process-gone', {}, { reason: 'oom' });
    expect(webContents.reloads).toBe(1);
    expect(electron.dialogs.messageBoxes[0]?.detail).toContain('oom');
  });

  it('remembers where the window was', async () => {
    const window = await startApp();
    window.close();
    expect(await electron.exit).toBe(0);
    const settings: unknown = JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8'));
    expect(settings).toMatchObject({ window: { x: 11, y: 22, width: 1000, height: 700, maximized: false } });
    const again = await startApp();
    expect(again.options).toMatchObject({ x: 11, width: 1000, height: 700 });
  });
});

describe('the preload script', () => {
  it('shows the page two functions and no part of Electron', async () => {
    const exposed: Record<string, unknown> = {};
    const sent: unknown[][] = [];
    const listeners: ((event: unknown, value: unknown) => void)[] = [];
    runPreloadBundle({
      contextBridge: { exposeInMainWorld: (name: string, value: unknown) => (exposed[name] = value) },
      ipcRenderer: {
        invoke: async (...values: unknown[]) => void sent.push(values),
        on: (_channel: string, listener: (event: unknown, value: unknown) => void) =>
          listeners.push(listener),
        removeListener: (_channel: string, listener: (event: unknown, value: unknown) => void) =>
          listeners.splice(listeners.indexOf(listener), 1),
      },
    });
    expect(Object.keys(exposed)).toEqual(['neuroloom']);
    const bridge = exposed.neuroloom as {
      call(method: string, input: unknown): Promise<unknown>;
      subscribe(listener: (...values: unknown[]) => void): () => void;
    };
    expect(Object.keys(bridge).sort()).toEqual(['call', 'subscribe']);
    await bridge.call('app.info', {});
    expect(structuredClone(sent)).toEqual([[bridgeChannels.call, { method: 'app.info', input: {} }]]);
    const received: unknown[][] = [];
    const unsubscribe = bridge.subscribe((...values) => received.push(values));
    listeners[0]?.({ sender: 'secret' }, { type: 'command' });
    expect(structuredClone(received)).toEqual([[{ type: 'command' }]]);
    unsubscribe();
    expect(listeners).toEqual([]);
  });
});
