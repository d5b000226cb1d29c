import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Canvas } from './canvas/Canvas.tsx';
import { DialogHost } from './dialogs/DialogHost.tsx';
import { Dock } from './dock/Dock.tsx';
import { FileDrop } from './files/FileDrop.tsx';
import { Inspector } from './inspector/Inspector.tsx';
import { Library } from './library/Library.tsx';
import { attachCommands } from './shell/appCommands.ts';
import { BusyNote } from './shell/BusyNote.tsx';
import { ConnectionBanner } from './shell/ConnectionBanner.tsx';
import { Rail } from './shell/Rail.tsx';
import { ShellPanels } from './shell/ShellPanels.tsx';
import { TabStrip } from './shell/TabStrip.tsx';
import { Toasts } from './shell/Toasts.tsx';
import { TopBar } from './shell/TopBar.tsx';
import { StartScreen } from './start/StartScreen.tsx';
import { selectUnsaved, useDocumentStore } from './stores/documentStore.ts';
import { useViewStore } from './stores/viewStore.ts';
import { TourGuide } from './tour/TourGuide.tsx';

/** The whole window: the editor, or the start screen in its place, with dialogs and messages above. */
export function App() {
  const { t } = useTranslation();
  const start = useDocumentStore((state) => state.startOpen || state.document === null);
  const name = useDocumentStore((state) => state.document?.name);
  const unsaved = useDocumentStore(selectUnsaved);
  const library = useViewStore((view) => view.libraryOpen);
  const inspector = useViewStore((view) => view.inspectorOpen);

  useEffect(() => attachCommands(), []);
  useEffect(() => {
    const shown =
      name === undefined || start ? '' : `${unsaved ? '• ' : ''}${name || t('shell.untitled')} – `;
    document.title = `${shown}Neuroloom`;
  }, [name, unsaved, start, t]);

  return (
    <>
      <div className="app">
        <TopBar />
        <TabStrip />
        <ConnectionBanner />
        <Rail />
        {start ? (
          <div className="start-area">
            <StartScreen />
          </div>
        ) : (
          <>
            {library && <Library />}
            <main className="contents">
              <h1 className="sr-only">{name || t('shell.untitled')}</h1>
              <Canvas />
            </main>
            {inspector && <Inspector />}
            <div className="dock-area">
              <Dock />
            </div>
          </>
        )}
      </div>
      <ShellPanels />
      <TourGuide />
      <DialogHost />
      <FileDrop />
      <Toasts />
      <BusyNote />
    </>
  );
}
