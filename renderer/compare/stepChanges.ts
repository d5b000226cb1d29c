import { levelOfBlock } from '#shared/graph/blockLevels.ts';
import { openGraphTab } from '../inspector/graphTab.ts';
import { showLevel, useDocumentStore } from '../stores/documentStore.ts';
import { select } from '../stores/selectionStore.ts';
import { type ChangeItem, changeItems } from './changeItems.ts';
import { baseDocument, changesBetween, useCompareStore } from './compareStore.ts';

/** The differences of the document in front as they stand in the list; none while it is not compared. */
export function currentItems(): readonly ChangeItem[] {
  const { base } = useCompareStore.getState();
  const { document } = useDocumentStore.getState();
  if (!base || !document) return [];
  const before = baseDocument(base);
  return changeItems(changesBetween(before, document), { before, after: document });
}

/** Shows a difference where it is: opens its block, selects it, and brings it into sight (CompareLayer). */
export function showChange(item: ChangeItem): void {
  const { document } = useDocumentStore.getState();
  if (!document) return;
  useCompareStore.setState({ at: item.key, asked: performance.now() });
  const level = item.block && levelOfBlock(document, item.block.id);
  if (item.part === 'setting') {
    if (item.id === 'variables') openGraphTab('variables');
    else if (item.id === 'training') openGraphTab('setup');
    return;
  }
  // One definition may be open by another of its instances.
  const { level: here } = useDocumentStore.getState();
  const there = level ?? [];
  if (there.map(({ instance }) => instance).join('/') !== here.map(({ instance }) => instance).join('/'))
    showLevel(there);
  const { graph } = useDocumentStore.getState();
  const isThere = graph?.nodes.some(({ id }) => id === item.id);
  if (item.part === 'node') select(isThere ? [item.id] : []);
  else if (item.part === 'wire') select([], item.kind === 'removed' ? [] : [item.id]);
  else select([]);
}

/** The next difference, or the one before, around the ends. */
export function stepChange(by: 1 | -1): void {
  const items = currentItems();
  const { at } = useCompareStore.getState();
  const now = items.findIndex(({ key }) => key === at);
  const next = now < 0 ? (by === 1 ? 0 : -1) : (now + by) % items.length;
  const item = items.at(next);
  if (item) showChange(item);
}
