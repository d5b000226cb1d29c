import type { App, Session } from 'electron';
import { isAllowedLink } from '#main/services/hostServices.ts';
import { isPageUrl, PAGE_URL } from './origin.ts';

/** What every page of the app gets, whatever opens it. */
export const secureWebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: false,
} as const satisfies Electron.WebPreferences;

/** Holds every web contents to the page it began with. To be called before the first window. */
export function lockDownContents(app: App, openLink: (url: string) => Promise<void>): void {
  app.on('web-contents-created', (_event, contents) => {
    const stayOnPage = (event: { url: string; preventDefault(): void }): void => {
      if (!isPageUrl(event.url)) event.preventDefault();
    };
    contents.on('will-navigate', stayOnPage);
    contents.on('will-frame-navigate', stayOnPage);
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (isAllowedLink(url)) void openLink(new URL(url).href);
      return { action: 'deny' };
    });
  });
}

/** No permission is ever granted, and nothing is fetched but the page itself. */
export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isOwnRequest(details.url) }));
  // What the page makes itself, a picture of a graph, is saved where the person says.
  session.on('will-download', (event, item) => {
    if (!isOwnBlob(item.getURL())) event.preventDefault();
  });
}

const isOwnBlob = (url: string): boolean => url.startsWith(`blob:${PAGE_URL}`);

/** The page, what it makes itself, and the developer tools. */
function isOwnRequest(url: string): boolean {
  return isPageUrl(url) || /^(blob|data|devtools):/.test(url);
}
