import { isPortsNode } from '#shared/graph/blockPorts.ts';
import { copyFragment, type Fragment, parseFragment } from '#shared/graph/clipboard.ts';
import {
  paste,
  removeAndBridge,
  removeEdges,
  removeNodes,
  removeNote,
  sequence,
} from '#shared/graph/commands.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import { edgeId, type GraphDocument, type Point } from '#shared/graph/document.ts';
import { readFile } from '../files/readFile.ts';
import { problemText } from '../i18n/problemText.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { select, useSelectionStore } from '../stores/selectionStore.ts';
import { showToast } from '../stores/toastStore.ts';
import { bareSize } from './bareCard.ts';
import { createBoxIndex } from './boxIndex.ts';
import { canvasSight, edit, editAndSelect } from './canvasApi.ts';
import { focusNeighbourSoon } from './canvasFocus.ts';
import { useCardBoxes } from './cardBoxes.ts';
import { valueFits } from './fitting.ts';
import { type Extent, freeOffset, intoSight } from './freeOffset.ts';

const OFFSET = { x: 32, y: 32 };
/** Of a card whose kind is not known. */
const UNKNOWN = { width: 160, height: 90 };

/** What stands before these nodes, or else after them. */
const neighbourOf = ({ edges }: GraphDocument, ids: ReadonlySet<string>): string | undefined =>
  edges.find(({ from, to }) => ids.has(to.node) && !ids.has(from.node))?.from.node ??
  edges.find(({ from, to }) => ids.has(from.node) && !ids.has(to.node))?.to.node;

/** Removes the selected nodes and wires, as one step of undo. */
export function deleteSelection(): void {
  const { graph: document } = useDocumentStore.getState();
  const { nodeIds, edgeIds, noteIds } = useSelectionStore.getState();
  if (!document) return;
  const notes = document.notes?.flatMap(({ id }) => (noteIds.has(id) ? [id] : [])) ?? [];
  const nodes = document.nodes.filter(({ id }) => nodeIds.has(id) && !isPortsNode(id)).map(({ id }) => id);
  const left = document.edges
    .filter(
      (edge) => edgeIds.has(edgeId(edge)) && !nodes.includes(edge.from.node) && !nodes.includes(edge.to.node),
    )
    .map(edgeId);
  const steps = [
    ...notes.map(removeNote),
    ...(left.length > 0 ? [removeEdges(left)] : []),
    ...(nodes.length > 0 ? [removeNodes(nodes)] : []),
  ];
  const main = steps.at(-1);
  const neighbour = neighbourOf(document, new Set(nodes));
  if (!main || !edit(sequence(main.label, () => steps))) return;
  select([]);
  focusNeighbourSoon(neighbour);
}

/** Removes the selected nodes and connects what they stood between, where it fits. */
export function deleteAndBridge(): void {
  const { graph: document } = useDocumentStore.getState();
  const { nodeIds } = useSelectionStore.getState();
  const ids =
    document?.nodes.filter(({ id }) => nodeIds.has(id) && !isPortsNode(id)).map(({ id }) => id) ?? [];
  if (!document || ids.length === 0) return;
  const neighbour = neighbourOf(document, new Set(ids));
  if (!edit(removeAndBridge(ids, valueFits))) return;
  select([]);
  focusNeighbourSoon(neighbour);
}

/** The selected nodes and notes as JSON text; null where none is selected. */
export function copySelection(): string | null {
  const { graph: document } = useDocumentStore.getState();
  const { nodeIds, noteIds } = useSelectionStore.getState();
  return document && nodeIds.size + noteIds.size > 0
    ? copyFragment(document, [...nodeIds], [...noteIds])
    : null;
}

/** Longer texts are read beside the window; starting a worker for it takes longer than reading a thousand nodes. */
const LONG_TEXT = 500_000;

/** The room that copied nodes and notes take where they were copied from, about. */
function extents({ nodes, notes = [], blocks }: Fragment): Extent[] {
  const at = ({ x, y }: Point, width: number, height: number): Extent => ({
    left: x,
    top: y,
    right: x + width,
    bottom: y + height,
  });
  return [
    ...nodes.map((node) => {
      const definition = definitionOf({ blocks }, node);
      const { width, height } = definition ? bareSize(node, definition) : UNKNOWN;
      return at(node.position, width, height);
    }),
    ...notes.map(({ position, size }) => at(position, size.width, size.height)),
  ];
}

/** Adds copies where they can be seen and hide nothing. */
function addFragment(fragment: Fragment, as: 'paste' | 'duplicate'): void {
  const copies = extents(fragment);
  const notes = useDocumentStore.getState().graph?.notes ?? [];
  const present = createBoxIndex([
    ...useCardBoxes.getState().boxes.all,
    ...notes.map(({ id, position: { x, y }, size }) => ({
      id,
      left: x,
      top: y,
      right: x + size.width,
      bottom: y + size.height,
    })),
  ]);
  const offset = freeOffset(copies, present, intoSight(copies, canvasSight(), OFFSET));
  editAndSelect(paste(fragment, offset, as));
}

async function pasteLongText(text: string, as: 'paste' | 'duplicate'): Promise<void> {
  const { recoveryId } = useDocumentStore.getState();
  const read = await readFile(new Blob([text]));
  // Into the graph that it was meant for, or not at all.
  if (useDocumentStore.getState().recoveryId !== recoveryId) return;
  const [first] = read.ok ? [] : read.error;
  if (read.ok) addFragment(read.value, as);
  else if (first) showToast({ tone: 'info', text: problemText(first) });
}

/** Adds the nodes of a text that was copied, and selects them; says so where it holds none. */
export function pasteText(text: string, as: 'paste' | 'duplicate' = 'paste'): void {
  // A picture may have its graph in it.
  if (text.length > LONG_TEXT || /^\s*<(?:\?xml|svg)/.test(text)) return void pasteLongText(text, as);
  const fragment = parseFragment(text);
  if (fragment.ok) addFragment(fragment.value, as);
  else showToast({ tone: 'info', text: problemText(fragment.error) });
}

export function duplicateSelection(): void {
  const text = copySelection();
  if (text !== null) pasteText(text, 'duplicate');
}

export function selectAll(): void {
  const { graph: document } = useDocumentStore.getState();
  if (document)
    select(
      document.nodes.map(({ id }) => id),
      document.edges.map(edgeId),
      document.notes?.map(({ id }) => id),
    );
}
