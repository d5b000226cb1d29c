import { Compass, FolderOpen, Plus } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { templateDocument } from '#shared/i18n/templateTexts.ts';
import type { RecentFile, Recovery } from '#shared/protocol/host.ts';
import { templates } from '#shared/templates/index.ts';
import { useShortcut } from '../commands/keymapStore.ts';
import { toHostError } from '../host/hostFailure.ts';
import { newDocument, openFresh, openPath, openWithDialog } from '../shell/appCommands.ts';
import { Logo } from '../shell/Logo.tsx';
import { openGraph } from '../shell/openGraph.ts';
import { callHost, useHostStore } from '../stores/hostStore.ts';
import { useTabStore } from '../stores/tabStore.ts';
import { showToast } from '../stores/toastStore.ts';
import { useViewStore } from '../stores/viewStore.ts';
import { TourOffer } from '../tour/TourOffer.tsx';
import { startTour } from '../tour/tourStore.ts';
import { Button, Kbd } from '../ui/Button.tsx';
import { EngineCard } from './EngineCard.tsx';
import { RecentFiles } from './RecentFiles.tsx';
import { RecoveryNotice } from './RecoveryNotice.tsx';
import { TemplateGrid } from './TemplateGrid.tsx';

/** Another window may end in a crash while this one shows the start screen. */
const LOOK_AGAIN_MS = 4000;

function report(cause: unknown): void {
  showToast({ tone: 'danger', text: toHostError(cause).message });
}

/** What greets a person when no document is open: go on, start from a template, or restore. */
export function StartScreen() {
  const { t } = useTranslation();
  const connected = useHostStore((host) => host.connected);
  const engine = useHostStore((host) => host.engine);
  const desktop = useHostStore((host) => host.info?.mode === 'desktop');
  const version = useHostStore((host) => host.info?.version);
  const tourSeen = useViewStore((view) => view.tourSeen);
  const newKeys = useShortcut('new');
  const openKeys = useShortcut('open');
  const openIds = useTabStore((store) => store.order);
  const [recent, setRecent] = useState<readonly RecentFile[]>([]);
  const [copies, setCopies] = useState<readonly Recovery[]>([]);

  const refresh = useCallback(async (): Promise<void> => {
    try {
      const [{ files }, recoveries] = await Promise.all([
        callHost('files.recent', {}),
        callHost('recovery.list', {}),
      ]);
      setRecent(files);
      setCopies(recoveries.copies);
    } catch (cause) {
      report(cause);
    }
  }, []);
  useEffect(() => {
    if (!connected) return;
    void refresh();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refresh();
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [connected, refresh]);

  const restore = async (copy: Recovery): Promise<void> => {
    try {
      // The file's own date, so that saving notices when somebody else changed it meanwhile.
      const file =
        copy.originalPath === null
          ? null
          : await callHost('files.read', { path: copy.originalPath }).then(
              ({ path, modifiedAt }) => ({ path, modifiedAt }),
              () => null,
            );
      await openGraph({ document: copy.document, file, saved: false, recoveryId: copy.id });
      if (file) await callHost('files.rememberRecent', { path: file.path });
    } catch (cause) {
      report(cause);
    }
  };
  const discard = async (copy: Recovery): Promise<void> => {
    try {
      await callHost('recovery.discard', { id: copy.id });
      await refresh();
    } catch (cause) {
      report(cause);
    }
  };
  const forget = async (path: string): Promise<void> => {
    try {
      await callHost('files.forgetRecent', { path });
      await refresh();
    } catch (cause) {
      report(cause);
    }
  };

  return (
    <main className="start">
      <aside className="start-side">
        <h1 className="flex items-center gap-2.5 text-h2">
          <Logo size={26} />
          {t('start.product')}
        </h1>
        <Button tone="primary" size="lg" className="start-action" onClick={newDocument}>
          <Plus size={15} />
          {t('start.new')}
          {/* A browser keeps this one for a window of its own. */}
          {desktop && newKeys !== undefined && <Kbd>{newKeys}</Kbd>}
        </Button>
        <Button size="lg" className="start-action" onClick={() => void openWithDialog()}>
          <FolderOpen size={15} />
          {t('start.open')}
          {openKeys !== undefined && <Kbd>{openKeys}</Kbd>}
        </Button>
        <Button size="lg" tone="ghost" className="start-action" onClick={startTour}>
          <Compass size={15} />
          {t('commandNames.tour')}
        </Button>
        <span className="grow" />
        <EngineCard engine={engine} onRestart={() => void callHost('engine.restart', {}).catch(report)} />
        {version !== undefined && (
          <p className="text-caption text-text-3">{t('start.version', { version })}</p>
        )}
      </aside>
      <div className="start-main">
        {!tourSeen && <TourOffer onStart={startTour} />}
        <RecoveryNotice
          copies={copies.filter(({ id }) => !openIds.includes(id))}
          onRestore={(copy) => void restore(copy)}
          onDiscard={(copy) => void discard(copy)}
        />
        <section>
          <h2 className="mb-3 text-title">{t('start.recent')}</h2>
          <RecentFiles
            files={recent}
            onOpen={(path) => void openPath(path)}
            onForget={(path) => void forget(path)}
          />
        </section>
        <section>
          <TemplateGrid templates={templates} onUse={(template) => openFresh(templateDocument(template))} />
        </section>
      </div>
    </main>
  );
}
