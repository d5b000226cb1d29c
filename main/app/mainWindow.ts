import { BrowserWindow, dialog, screen } from 'electron';
import type { HostClient, HostServices } from '#main/services/hostServices.ts';
import type { JsonStore } from '#main/services/jsonStore.ts';
import { formatDesktop } from '#main/services/messages.ts';
import type { Settings } from '#main/services/settings.ts';
import { bridgeChannels } from '#shared/protocol/bridge.ts';
import type { HostEvent } from '#shared/protocol/host.ts';
import type { IpcWindow } from './ipc.ts';
import { secureWebPreferences } from './lockDown.ts';
import { PAGE_URL } from './origin.ts';
import { placeWindow } from './windowState.ts';

export interface MainWindow extends IpcWindow {
  readonly browserWindow: BrowserWindow;
  readonly client: HostClient;
  /** Reaches the page now, or as soon as it listens. */
  send(event: HostEvent): void;
}

export interface MainWindowOptions {
  readonly services: HostServices;
  readonly settings: JsonStore<Settings>;
  readonly preloadPath: string;
  onClosed(): void;
}

/** Ground of the dark theme, so that nothing flashes before the first paint. */
const BACKGROUND = '#0f1115';

export async function openMainWindow(options: MainWindowOptions): Promise<MainWindow> {
  const { services, settings, preloadPath, onClosed } = options;
  const { window: state } = await settings.get();
  const browserWindow = new BrowserWindow({
    ...placeWindow(
      state,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    ),
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: BACKGROUND,
    webPreferences: { ...secureWebPreferences, preload: preloadPath },
  });
  const { webContents } = browserWindow;
  const client = services.connect();
  let listening = false;
  let waiting: HostEvent[] = [];

  const window: MainWindow = {
    browserWindow,
    client,
    send(event) {
      if (listening) webContents.send(bridgeChannels.event, event);
      else if (event.type === 'command') waiting = [...waiting, event];
    },
    onListening() {
      listening = true;
      for (const event of waiting) webContents.send(bridgeChannels.event, event);
      waiting = [];
    },
  };

  if (state?.maximized === true) browserWindow.maximize();
  browserWindow.once('ready-to-show', () => browserWindow.show());
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) listening = false;
  });
  confirmUnsaved(browserWindow);
  survivePageFailures(browserWindow);
  browserWindow.on('close', () => void rememberPlace(browserWindow, settings));

  const unsubscribe = services.subscribe((event) => window.send(event));
  browserWindow.on('closed', () => {
    unsubscribe();
    client.close();
    onClosed();
  });
  void browserWindow.loadURL(PAGE_URL);
  return window;
}

/** The page asks to stay (`beforeunload`) while its document is unsaved; a person decides. */
function confirmUnsaved(browserWindow: BrowserWindow): void {
  browserWindow.webContents.on('will-prevent-unload', (event) => {
    const choice = dialog.showMessageBoxSync(browserWindow, {
      type: 'warning',
      message: formatDesktop('unsaved-message'),
      detail: formatDesktop('unsaved-detail'),
      buttons: [formatDesktop('cancel'), formatDesktop('close-anyway')],
      defaultId: 0,
      cancelId: 0,
    });
    // Preventing this event lets the page go.
    if (choice === 1) event.preventDefault();
  });
}

/** A page that died or hangs is loaded anew; the engine and its run are other processes and go on. */
function survivePageFailures(browserWindow: BrowserWindow): void {
  const { webContents } = browserWindow;
  let asking = false;
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || browserWindow.isDestroyed()) return;
    const choice = dialog.showMessageBoxSync(browserWindow, {
      type: 'error',
      message: formatDesktop('window-crashed'),
      detail: formatDesktop('window-crashed-detail', { reason }),
      buttons: [formatDesktop('reload'), formatDesktop('quit')],
      defaultId: 0,
      cancelId: 0,
    });
    if (choice === 0) webContents.reload();
    else browserWindow.destroy();
  });
  browserWindow.on('unresponsive', () => {
    if (asking) return;
    asking = true;
    void dialog
      .showMessageBox(browserWindow, {
        type: 'warning',
        message: formatDesktop('window-hung'),
        detail: formatDesktop('window-hung-detail'),
        buttons: [formatDesktop('wait'), formatDesktop('reload')],
        defaultId: 0,
        cancelId: 0,
      })
      .then(({ response }) => {
        asking = false;
        if (response !== 1 || browserWindow.isDestroyed()) return;
        webContents.forcefullyCrashRenderer();
        webContents.reload();
      });
  });
}

/** Where the window stands is a convenience: a failure to write it must not keep it from closing. */
async function rememberPlace(browserWindow: BrowserWindow, settings: JsonStore<Settings>): Promise<void> {
  const { x, y, width, height } = browserWindow.getNormalBounds();
  const maximized = browserWindow.isMaximized();
  await settings
    .update((present) => ({ ...present, window: { ...present.window, x, y, width, height, maximized } }))
    .catch(() => undefined);
}
