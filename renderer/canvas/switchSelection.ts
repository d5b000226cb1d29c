import { freezeNodes, switchNodes } from '#shared/graph/commands.ts';
import type { NodeInstance } from '#shared/graph/document.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { toggleFolded } from '../stores/foldStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { edit } from './canvasApi.ts';

function selectedNodes(): readonly NodeInstance[] {
  const { nodeIds } = useSelectionStore.getState();
  return useDocumentStore.getState().graph?.nodes.filter(({ id }) => nodeIds.has(id)) ?? [];
}

/** Bypasses or mutes the selected nodes; switches them on again if all of them are so already. */
export function switchSelection(off: NonNullable<NodeInstance['off']>): void {
  const nodes = selectedNodes();
  if (nodes.length === 0) return;
  const ids = nodes.map(({ id }) => id);
  edit(switchNodes(ids, nodes.every((node) => node.off === off) ? null : off));
}

/** Keeps the weights of the selected nodes as they are; lets them be trained again if all of them are frozen. */
export function freezeSelection(): void {
  const nodes = selectedNodes();
  if (nodes.length === 0) return;
  edit(
    freezeNodes(
      nodes.map(({ id }) => id),
      !nodes.every(({ frozen }) => frozen),
    ),
  );
}

/** Folds the selected cards to their heads, or unfolds them. */
export function foldSelection(): void {
  toggleFolded(selectedNodes().map(({ id }) => id));
}
