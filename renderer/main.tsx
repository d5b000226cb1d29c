import './host/zodWithoutEval.ts';
import { Tooltip } from 'radix-ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './App.tsx';
import { attachBlockLibrary } from './blocks/blockLibrary.ts';
import { createBridgeConnection } from './host/bridgeConnection.ts';
import { createWebSocketConnection, webSocketUrl } from './host/webSocketConnection.ts';
import { i18n } from './i18n/i18n.ts';
import { attachLanguage } from './i18n/showLanguage.ts';
import { attachHost } from './stores/hostStore.ts';
import { attachLookedData } from './stores/lookedData.ts';
import { attachNextStart } from './stores/nextStart.ts';
import { attachRuns } from './stores/runStore.ts';
import { attachSession, restoreSession } from './stores/session.ts';
import { showToast } from './stores/toastStore.ts';
import { attachTheme } from './stores/viewStore.ts';
import './ui/app.css';

attachTheme();
const restored = restoreSession();
const connection = window.neuroloom
  ? createBridgeConnection(window.neuroloom)
  : createWebSocketConnection({
      url: webSocketUrl(window.location),
      // Asked for when they are needed: the language may have changed since.
      messages: {
        get disconnected() {
          return i18n.t('shell.disconnected');
        },
        get tooLarge() {
          return i18n.t('shell.tooLarge');
        },
      },
    });
attachHost(connection);
attachRuns(connection);
attachBlockLibrary(connection);
attachSession(connection);
attachLookedData(connection);
attachNextStart(connection, restored, (paths) =>
  showToast({ tone: 'warning', text: i18n.t('shell.notReopened', { paths: paths.join(', ') }) }),
);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
// If a language cannot be fetched, English words are better than an empty page.
void attachLanguage()
  .catch(() => undefined)
  .then(() =>
    createRoot(root).render(
      <StrictMode>
        <I18nextProvider i18n={i18n}>
          <Tooltip.Provider delayDuration={400} skipDelayDuration={200}>
            <App />
          </Tooltip.Provider>
        </I18nextProvider>
      </StrictMode>,
    ),
  );
