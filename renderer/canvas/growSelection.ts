import type { GraphDocument } from '#shared/graph/document.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { select, useSelectionStore } from '../stores/selectionStore.ts';

/** Everything that can be reached from these nodes along the wires, or against them; they belong to it. */
export function reachedFrom(
  document: GraphDocument,
  start: Iterable<string>,
  direction: 'upstream' | 'downstream',
): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const { from, to } of document.edges) {
    const [near, far] = direction === 'downstream' ? [from.node, to.node] : [to.node, from.node];
    const known = next.get(near);
    if (known) known.push(far);
    else next.set(near, [far]);
  }
  const found = new Set(start);
  for (const id of found) for (const follower of next.get(id) ?? []) found.add(follower);
  return found;
}

/** Adds to the selection all that feeds it, or all that it feeds. */
export function selectAlong(direction: 'upstream' | 'downstream'): void {
  const { graph: document } = useDocumentStore.getState();
  if (document) select(reachedFrom(document, useSelectionStore.getState().nodeIds, direction));
}

/** Selects every node of a kind that is selected. */
export function selectSameKind(): void {
  const { graph: document } = useDocumentStore.getState();
  const { nodeIds } = useSelectionStore.getState();
  const nodes = document?.nodes ?? [];
  const kinds = new Set(nodes.filter(({ id }) => nodeIds.has(id)).map(({ kind }) => kind));
  select(nodes.filter(({ kind }) => kinds.has(kind)).map(({ id }) => id));
}
