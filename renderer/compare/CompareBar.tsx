import { GitCompare } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { showDockTab } from '../dock/dockStore.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { baseName } from './baseName.ts';
import { CompareSteps } from './CompareSteps.tsx';
import { CompareCounts } from './CompareView.tsx';
import { changeItems } from './changeItems.ts';
import { baseDocument, endComparing, useChanges, useCompareStore } from './compareStore.ts';
import { stepChange } from './stepChanges.ts';

/** Says on the canvas that differences are shown, from what, and steps through them. */
export function CompareBar() {
  const { t } = useTranslation();
  const base = useCompareStore((state) => state.base);
  const document = useDocumentStore((state) => state.document);
  const changes = useChanges();
  const items = useMemo(
    () =>
      base && document && changes
        ? changeItems(changes, { before: baseDocument(base), after: document })
        : [],
    [base, document, changes],
  );
  if (!base) return null;
  return (
    <div className="over cmp-bar" role="toolbar" aria-label={t('compare.title')}>
      <button
        type="button"
        className="cmp-name"
        title={baseName(base)}
        onClick={() => showDockTab('compare')}
      >
        <GitCompare size={13} aria-hidden="true" />
        <span>{t('compare.with', { name: baseName(base) })}</span>
        {items.length === 0 ? <small>{t('compare.sameShort')}</small> : <CompareCounts items={items} />}
      </button>
      <CompareSteps any={items.length > 0} onStep={stepChange} onEnd={endComparing} />
    </div>
  );
}
