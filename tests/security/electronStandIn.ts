import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { MenuItemConstructorOptions, MessageBoxSyncOptions, WebPreferences } from 'electron';
import { findResourcePaths } from '#main/services/paths.ts';

/**
 * A small stand-in for the `electron` module: what the desktop's main bundle calls is recorded, what
 * Electron would report is emitted by the test. Values cross IPC by structured clone, as they do there.
 */
type Any = (...values: never[]) => unknown;
export type Handler = (event: unknown, ...values: unknown[]) => Promise<unknown>;

export class FrameStandIn {
  constructor(public url: string) {}
}

export class WebContentsStandIn extends EventEmitter {
  static nextId = 1;
  readonly id = WebContentsStandIn.nextId++;
  readonly sent: { channel: string; value: unknown }[] = [];
  mainFrame: FrameStandIn | null = new FrameStandIn('app://neuroloom/');
  windowOpenHandler: ((details: { url: string }) => { action: string }) | null = null;
  reloads = 0;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }
  send(channel: string, value: unknown): void {
    this.sent.push({ channel, value: structuredClone(value) });
  }
  reload(): void {
    this.reloads += 1;
  }
  forcefullyCrashRenderer(): void {}
}

interface WindowOptions {
  readonly webPreferences: WebPreferences;
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly show: boolean;
}

export interface ElectronStandIn {
  readonly module: object;
  readonly app: EventEmitter;
  readonly windows: {
    readonly options: WindowOptions;
    readonly webContents: WebContentsStandIn;
    readonly loaded: string[];
    focused: number;
    close(): void;
  }[];
  readonly ipcHandlers: Map<string, Handler>;
  readonly session: EventEmitter;
  readonly log: string[];
  readonly schemes: { scheme: string; privileges: Record<string, boolean> }[];
  readonly protocolHandlers: Map<string, (request: Request) => Promise<Response>>;
  readonly opened: string[];
  readonly dialogs: {
    messageBoxes: MessageBoxSyncOptions[];
    errors: string[];
    /** Index of the button that is pressed next. */
    answer: number;
    openPaths: string[];
    savePath: string;
  };
  menu: MenuItemConstructorOptions[];
  readonly exit: Promise<number>;
}

export function createElectronStandIn(options: { lock: boolean }): ElectronStandIn {
  const log: string[] = [];
  let ended: (code: number) => void = () => undefined;
  const exit = new Promise<number>((resolve) => {
    ended = resolve;
  });
  const ipcHandlers = new Map<string, Handler>();
  const protocolHandlers = new Map<string, (request: Request) => Promise<Response>>();
  const schemes: ElectronStandIn['schemes'] = [];
  const opened: string[] = [];
  const windows: ElectronStandIn['windows'] = [];
  const dialogs: ElectronStandIn['dialogs'] = {
    messageBoxes: [],
    errors: [],
    answer: 0,
    openPaths: [],
    savePath: '',
  };

  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    setPath: (name: string, path: string) => log.push(`setPath ${name} ${path}`),
    enableSandbox: () => log.push('enableSandbox'),
    requestSingleInstanceLock: () => options.lock,
    getPreferredSystemLanguages: () => ['en-GB'],
    whenReady: async () => {
      log.push('ready');
    },
    quit: () => {
      log.push('quit');
      const event = { prevented: false, preventDefault: () => undefined };
      app.emit('will-quit', event);
    },
    exit: (code: number) => ended(code),
    addRecentDocument: () => undefined,
  });

  const session = Object.assign(new EventEmitter(), {
    webRequest: { onBeforeRequest: (handler: Any) => Object.assign(session, { onBeforeRequest: handler }) },
    setPermissionRequestHandler: (handler: Any) => Object.assign(session, { permissionRequest: handler }),
    setPermissionCheckHandler: (handler: Any) => Object.assign(session, { permissionCheck: handler }),
    setDevicePermissionHandler: (handler: Any) => Object.assign(session, { devicePermission: handler }),
  });

  class BrowserWindow extends EventEmitter {
    readonly webContents = new WebContentsStandIn();
    readonly loaded: string[] = [];
    focused = 0;
    destroyed = false;
    constructor(readonly options: WindowOptions) {
      super();
      app.emit('web-contents-created', {}, this.webContents);
      windows.push(this);
    }
    async loadURL(url: string): Promise<void> {
      this.loaded.push(url);
    }
    show(): void {}
    maximize(): void {}
    restore(): void {}
    focus(): void {
      this.focused += 1;
    }
    isMinimized = (): boolean => false;
    isMaximized = (): boolean => false;
    isDestroyed = (): boolean => this.destroyed;
    getNormalBounds = () => ({ x: 11, y: 22, width: 1000, height: 700 });
    destroy(): void {
      this.destroyed = true;
      this.emit('closed');
    }
    close(): void {
      this.emit('close', {});
      this.destroy();
      app.emit('window-all-closed');
    }
  }

  const standIn: ElectronStandIn = {
    app,
    windows,
    ipcHandlers,
    session,
    log,
    schemes,
    protocolHandlers,
    opened,
    dialogs,
    menu: [],
    exit,
    module: {
      app,
      BrowserWindow,
      session: { defaultSession: session },
      ipcMain: { handle: (channel: string, handler: Handler) => ipcHandlers.set(channel, handler) },
      protocol: {
        registerSchemesAsPrivileged: (list: ElectronStandIn['schemes']) => {
          log.push('registerSchemes');
          schemes.push(...list);
        },
        handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
          protocolHandlers.set(scheme, handler),
      },
      Menu: {
        buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
        setApplicationMenu: (template: MenuItemConstructorOptions[]) => {
          standIn.menu = template;
        },
      },
      dialog: {
        showMessageBoxSync: (_window: unknown, box: MessageBoxSyncOptions) => {
          dialogs.messageBoxes.push(box);
          return dialogs.answer;
        },
        showMessageBox: async (_window: unknown, box: MessageBoxSyncOptions) => {
          dialogs.messageBoxes.push(box);
          return { response: dialogs.answer };
        },
        showErrorBox: (_title: string, text: string) => dialogs.errors.push(text),
        showOpenDialog: async () => ({
          canceled: dialogs.openPaths.length === 0,
          filePaths: dialogs.openPaths,
        }),
        showSaveDialog: async () => ({ canceled: dialogs.savePath === '', filePath: dialogs.savePath }),
      },
      shell: { openExternal: async (url: string) => void opened.push(url) },
      screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    },
  };
  return standIn;
}

const bundlePath = (name: string): string => join(findResourcePaths().root, 'dist', 'app', name);

/** The loader's own hook: Node offers no public one for CommonJS. */
interface ModuleLoader {
  _load(request: string, parent: unknown, isMain: boolean): unknown;
}

/** Runs the built main bundle anew, with `electron` being the stand-in. */
export function runMainBundle(electron: object, argv: readonly string[]): void {
  const loader = Module as unknown as ModuleLoader;
  const load = loader._load;
  const before = process.argv;
  const bundle = bundlePath('main.cjs');
  const require = createRequire(bundle);
  loader._load = (request, parent, isMain) =>
    request === 'electron' ? electron : load.call(loader, request, parent, isMain);
  process.argv = ['electron', 'main.cjs', ...argv];
  try {
    delete require.cache[bundle];
    require(bundle);
  } finally {
    loader._load = load;
    process.argv = before;
  }
}

/** Runs the built preload script with no more than the sandbox gives: `electron`, and no Node. */
export function runPreloadBundle(electron: object): void {
  const require = (name: string): object => {
    if (name === 'electron') return electron;
    throw new Error(`The sandbox has no ${name}`);
  };
  const context = { require, module: { exports: {} }, exports: {}, process: { platform: process.platform } };
  runInNewContext(readFileSync(bundlePath('preload.cjs'), 'utf8'), context);
}
