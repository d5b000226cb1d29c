import { FoldHorizontal } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { findRepetition } from '#shared/graph/commands.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { foldHere } from './blockWindowCommands.ts';

/** Larger graphs are looked at on demand only: the hint must cost nothing while one works. */
const MOST_NODES = 300;
/** Copies from which on the hint is shown; the command folds fewer too. */
const FROM = 3;

/** A quiet word that nodes on the canvas repeat, and the way to fold them. */
export function RepetitionHint() {
  const { t } = useTranslation();
  const graph = useDocumentStore((state) => state.graph);
  const found = useMemo(
    () => (graph && graph.nodes.length <= MOST_NODES ? findRepetition(graph) : undefined),
    [graph],
  );
  const copies = found?.copies ?? [];
  if (copies.length < FROM) return null;
  return (
    <button type="button" className="repeats" title={t('blocks.repeatsHelp')} onClick={foldHere}>
      <FoldHorizontal size={12} aria-hidden="true" />
      {t('blocks.repeats', { count: copies[0]?.length ?? 0, times: copies.length })}
    </button>
  );
}
