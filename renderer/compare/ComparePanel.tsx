import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { showPanel } from '../shell/shellStore.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { baseName } from './baseName.ts';
import { CompareView } from './CompareView.tsx';
import { changeItems, movedParts } from './changeItems.ts';
import { baseDocument, endComparing, useChanges, useCompareStore } from './compareStore.ts';
import { showChange, stepChange } from './stepChanges.ts';

const pick = (): void => showPanel('compare');

/** The Compare tab, attached to the open document. */
export function ComparePanel() {
  const { i18n } = useTranslation();
  const base = useCompareStore((state) => state.base);
  const at = useCompareStore((state) => state.at);
  const document = useDocumentStore((state) => state.document);
  const changes = useChanges();
  const items = useMemo(
    () =>
      base && document && changes && i18n.language
        ? changeItems(changes, { before: baseDocument(base), after: document })
        : [],
    [base, document, changes, i18n.language],
  );
  return (
    <CompareView
      name={base && baseName(base)}
      items={items}
      at={at}
      moved={changes ? movedParts(changes) : 0}
      onPick={pick}
      onShow={showChange}
      onStep={stepChange}
      onEnd={endComparing}
    />
  );
}
