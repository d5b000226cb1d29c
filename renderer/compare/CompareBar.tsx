import { ChevronDown, ChevronUp, GitCompare, X } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../commands/keymapStore.ts';
import { showDockTab } from '../dock/dockStore.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { IconButton } from '../ui/Button.tsx';
import { baseName } from './baseName.ts';
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
  const nextKeys = useShortcut('compare-next');
  const previousKeys = useShortcut('compare-previous');
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
      <IconButton
        className="sm"
        label={t('compare.previous')}
        {...(previousKeys !== undefined && { shortcut: previousKeys })}
        disabled={items.length === 0}
        onClick={() => stepChange(-1)}
      >
        <ChevronUp size={14} />
      </IconButton>
      <IconButton
        className="sm"
        label={t('compare.next')}
        {...(nextKeys !== undefined && { shortcut: nextKeys })}
        disabled={items.length === 0}
        onClick={() => stepChange(1)}
      >
        <ChevronDown size={14} />
      </IconButton>
      <IconButton className="sm" label={t('compare.end')} onClick={endComparing}>
        <X size={14} />
      </IconButton>
    </div>
  );
}
