import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, dialog, ipcMain, Menu, protocol, session, shell } from 'electron';
import { chosenFilesAccess } from '#main/services/fileAccess.ts';
import { formatDesktop, speak } from '#main/services/messages.ts';
import { type Host, openHost } from '#main/services/openHost.ts';
import { dataPaths, findResourcePaths } from '#main/services/paths.ts';
import { chooseLanguage } from '#shared/i18n/language.ts';
import { createDesktopTraining, findDesktopNode } from './desktopTraining.ts';
import { createDialogs } from './dialogs.ts';
import { handleIpc } from './ipc.ts';
import { lockDownContents, lockDownSession } from './lockDown.ts';
import { type MainWindow, openMainWindow } from './mainWindow.ts';
import { menuTemplate } from './menu.ts';
import { dataDirIn, graphFilesIn } from './openRequests.ts';
import { PAGE_SCHEME } from './origin.ts';
import { createPageHandler, pageScheme } from './pageProtocol.ts';

/** Longest wait for the engine to write its checkpoint when the app quits, ms. */
const QUIT_WAIT = 10_000;

const resources = findResourcePaths();
const { dataDir } = dataPaths(dataDirIn(process.argv));
const access = chosenFilesAccess(homedir());
const openLink = (url: string): Promise<void> => shell.openExternal(url);

let host: Host | null = null;
let window: MainWindow | null = null;
let opening: Promise<void> | null = null;
/** Asked for before there was a window. */
let filesToOpen = graphFilesIn(process.argv, process.cwd());

async function openFile(path: string): Promise<void> {
  await access.allow(path);
  if (window === null) {
    filesToOpen = [...filesToOpen, path];
    if (host !== null) await openWindow(host);
    return;
  }
  window.send({ type: 'command', command: 'open-path', path });
  focus(window);
}

function focus({ browserWindow }: MainWindow): void {
  if (browserWindow.isMinimized()) browserWindow.restore();
  browserWindow.focus();
}

/** One window at most: a request that comes while it is being made waits for it. */
function openWindow(present: Host): Promise<void> {
  opening ??= makeWindow(present).finally(() => {
    opening = null;
  });
  return opening;
}

async function makeWindow({ services, settings }: Host): Promise<void> {
  window = await openMainWindow({
    services,
    settings,
    preloadPath: resources.preloadPath,
    onClosed() {
      window = null;
    },
  });
  const paths = filesToOpen;
  filesToOpen = [];
  for (const path of paths) await openFile(path);
}

async function refreshMenu({ recent }: Host): Promise<void> {
  const template = menuTemplate({
    platform: process.platform,
    recent: await recent.list(),
    developerTools: !app.isPackaged,
    send: (command) => window?.send({ type: 'command', command }),
    openFile: (path) => void openFile(path),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

async function start(): Promise<void> {
  lockDownContents(app, openLink);
  await app.whenReady();
  speak(chooseLanguage(app.getPreferredSystemLanguages()));
  lockDownSession(session.defaultSession);
  protocol.handle(PAGE_SCHEME, createPageHandler(resources.rendererDir));
  const nodePath = findDesktopNode(app.isPackaged);
  const opened = await openHost({
    mode: 'desktop',
    resources,
    dataDir,
    access,
    dialogs: createDialogs(() => window?.browserWindow ?? null, access),
    openExternal: openLink,
    ...(nodePath !== null && { nodePath }),
    createTraining: createDesktopTraining(resources, nodePath),
  });
  if (!opened.ok) {
    dialog.showErrorBox(formatDesktop('start-failed'), opened.error.message);
    app.exit(1);
    return;
  }
  const present = opened.value;
  host = present;
  for (const { path } of await present.recent.list()) await access.allow(path);
  handleIpc({
    ipcMain,
    windowOf: (id) => (window?.browserWindow.webContents.id === id ? window : undefined),
    onAnswered(method) {
      if (method.startsWith('files.')) void refreshMenu(present);
    },
  });
  await refreshMenu(present);
  await openWindow(present);
}

// Before Electron is ready, and before the lock, which lies in this folder.
app.setPath('userData', join(dataDir, 'desktop'));
protocol.registerSchemesAsPrivileged([pageScheme]);
app.enableSandbox();

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv, workingDirectory) => {
    if (window !== null) focus(window);
    for (const path of graphFilesIn(argv, workingDirectory)) void openFile(path);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    void openFile(path);
  });
  app.on('activate', () => {
    if (window === null && host !== null) void openWindow(host);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    if (host === null) return;
    const { services, settings } = host;
    host = null;
    // Quits for good once the engine has ended with a checkpoint and the window's place is written.
    event.preventDefault();
    const waited = new Promise((resolve) => setTimeout(resolve, QUIT_WAIT));
    const ended = Promise.allSettled([services.dispose(), settings.get()]);
    void Promise.race([ended, waited]).finally(() => app.exit(0));
  });
  start().catch((error: unknown) => {
    dialog.showErrorBox(
      formatDesktop('start-failed'),
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
    app.exit(1);
  });
} else {
  app.quit();
}
