import { House, LayoutGrid, PanelBottom, PanelRight, Settings } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { showStart, useDocumentStore } from '../stores/documentStore.ts';
import { setView, useViewStore } from '../stores/viewStore.ts';
import { showPanel } from './shellStore.ts';

/** Shows and hides the panels. */
export function Rail() {
  const { t } = useTranslation();
  const view = useViewStore();
  const start = useDocumentStore((state) => state.startOpen || state.document === null);
  const hasDocument = useDocumentStore((state) => state.document !== null);
  const toggle = (key: 'libraryOpen' | 'inspectorOpen' | 'dockOpen'): void => {
    if (start) {
      showStart(false);
      setView({ [key]: true });
    } else setView({ [key]: !view[key] });
  };
  return (
    <nav className="rail" aria-label={t('shell.panels')}>
      <button type="button" aria-pressed={start} onClick={() => showStart(!start || !hasDocument)}>
        <House size={18} aria-hidden="true" />
        {t('shell.startShort')}
      </button>
      <button
        type="button"
        disabled={!hasDocument}
        aria-pressed={!start && view.libraryOpen}
        onClick={() => toggle('libraryOpen')}
      >
        <LayoutGrid size={18} aria-hidden="true" />
        {t('shell.library')}
      </button>
      <button
        type="button"
        disabled={!hasDocument}
        aria-pressed={!start && view.inspectorOpen}
        onClick={() => toggle('inspectorOpen')}
      >
        <PanelRight size={18} aria-hidden="true" />
        {t('shell.inspector')}
      </button>
      <button
        type="button"
        disabled={!hasDocument}
        aria-pressed={!start && view.dockOpen}
        onClick={() => toggle('dockOpen')}
      >
        <PanelBottom size={18} aria-hidden="true" />
        {t('shell.panels')}
      </button>
      <span className="grow" />
      <button type="button" onClick={() => showPanel('settings')}>
        <Settings size={18} aria-hidden="true" />
        {t('settings.title')}
      </button>
    </nav>
  );
}
