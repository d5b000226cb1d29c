import { isPortsNode } from '#shared/graph/blockPorts.ts';
import { sharingGroup } from '#shared/graph/blockSharing.ts';
import {
  detachInstance,
  distributeOverTime,
  duplicateLinked,
  findRepetition,
  foldRepetition,
  instancesOf,
  makeBlock,
  separateWeights,
  shareWeights,
  unpackBlock,
} from '#shared/graph/commands.ts';
import { blockOf } from '#shared/graph/definitionOf.ts';
import type { NodeInstance } from '#shared/graph/document.ts';
import { blockWithInner } from '#shared/graph/importBlocks.ts';
import { edit, editAndSelect } from '../canvas/canvasApi.ts';
import type { WindowCommand } from '../commands/commandStore.ts';
import { i18n } from '../i18n/i18n.ts';
import { nodeText } from '../i18n/nodeText.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { enterBlock, leaveBlock, selectedInstance } from '../stores/levels.ts';
import { select, useSelectionStore } from '../stores/selectionStore.ts';
import { showToast } from '../stores/toastStore.ts';
import { saveBlock } from './blockLibrary.ts';

const OFFSET = { x: 32, y: 32 };
/** A title made of more kinds than this says nothing. */
const MOST_KINDS = 3;

function selectedNodes(): readonly NodeInstance[] {
  const { graph } = useDocumentStore.getState();
  const { nodeIds } = useSelectionStore.getState();
  return graph?.nodes.filter(({ id }) => nodeIds.has(id) && !isPortsNode(id)) ?? [];
}

function selectedInstances(): readonly NodeInstance[] {
  const { graph } = useDocumentStore.getState();
  return graph ? selectedNodes().filter((node) => blockOf(graph, node)) : [];
}

/** What a block of these nodes may be called: what they are, in the order in which they stand, or a number. */
function titleFor(nodes: readonly NodeInstance[]): string {
  const { document } = useDocumentStore.getState();
  const taken = new Set(document?.blocks?.map(({ title }) => title));
  const kinds = nodes
    .toSorted((a, b) => a.position.x - b.position.x || a.position.y - b.position.y)
    .map(({ kind, title }) => title ?? nodeText(kind)?.title ?? '');
  const distinct = [...new Set(kinds)].filter((title) => title !== '');
  const wanted =
    distinct.length > 0 && distinct.length <= MOST_KINDS ? distinct.join(' + ') : i18n.t('blocks.name');
  let title = wanted;
  for (let number = 2; taken.has(title); number++) title = `${wanted} ${number}`;
  return title;
}

function makeBlockHere(): void {
  const nodes = selectedNodes();
  editAndSelect(makeBlock({ ids: nodes.map(({ id }) => id), title: titleFor(nodes) }));
}

function distributeHere(): void {
  const nodes = selectedNodes();
  editAndSelect(distributeOverTime({ ids: nodes.map(({ id }) => id), title: titleFor(nodes) }));
}

/** Folds what repeats on the canvas; where nothing does, it says so. */
export function foldHere(): void {
  const { graph } = useDocumentStore.getState();
  const found = graph && findRepetition(graph);
  if (!graph || !found) {
    showToast({ tone: 'info', text: i18n.t('problems.no-repetition') });
    return;
  }
  const [first = []] = found.copies;
  editAndSelect(foldRepetition(found, titleFor(graph.nodes.filter(({ id }) => first.includes(id)))));
}

function enterSelected(): void {
  const instance = selectedInstance();
  if (instance !== null) enterBlock(instance);
}

function unpackSelected(): void {
  const instance = selectedInstance();
  if (instance !== null) editAndSelect(unpackBlock(instance));
}

function detachSelected(): void {
  const instance = selectedInstance();
  if (instance !== null && edit(detachInstance(instance))) select([instance]);
}

/** Keeps the block of the selected instance in the personal library. */
function saveSelected(): void {
  const { document } = useDocumentStore.getState();
  const [node] = selectedInstances();
  if (document && node) void saveBlock(blockWithInner(document.blocks ?? [], String(node.params.block)));
}

const oneInstance = (): boolean => selectedInstance() !== null;

/** Whether the selected instance is one of several of its block. */
function hasSiblings(): boolean {
  const { document } = useDocumentStore.getState();
  const [node, ...others] = selectedInstances();
  return (
    !!document && !!node && others.length === 0 && instancesOf(document, String(node.params.block)).length > 1
  );
}

function sharesWeights(): boolean {
  const { graph } = useDocumentStore.getState();
  const instance = selectedInstance();
  return graph !== null && instance !== null && sharingGroup(graph.nodes, instance).length > 1;
}

/** What can be done with blocks. */
export const blockWindowCommands: readonly WindowCommand[] = [
  {
    id: 'make-block',
    group: 'graph',
    keys: ['Mod+Shift+E'],
    editing: true,
    enabled: () => selectedNodes().length > 0,
    run: makeBlockHere,
  },
  {
    id: 'distribute-over-time',
    group: 'graph',
    keys: [],
    editing: true,
    enabled: () => selectedNodes().length > 0,
    run: distributeHere,
  },
  { id: 'enter-block', group: 'graph', keys: [], editing: true, enabled: oneInstance, run: enterSelected },
  {
    id: 'leave-block',
    group: 'graph',
    keys: [],
    editing: true,
    enabled: () => useDocumentStore.getState().level.length > 0,
    run: leaveBlock,
  },
  {
    id: 'save-block',
    group: 'graph',
    keys: [],
    editing: true,
    enabled: oneInstance,
    run: saveSelected,
  },
  { id: 'fold-repetition', group: 'graph', keys: [], editing: true, run: foldHere },
  { id: 'unpack-block', group: 'graph', keys: [], editing: true, enabled: oneInstance, run: unpackSelected },
  { id: 'detach-block', group: 'graph', keys: [], editing: true, enabled: hasSiblings, run: detachSelected },
  {
    id: 'duplicate-linked',
    group: 'edit',
    keys: ['Alt+D'],
    editing: true,
    enabled: () => selectedInstances().length > 0,
    run: () =>
      editAndSelect(
        duplicateLinked(
          selectedInstances().map(({ id }) => id),
          OFFSET,
        ),
      ),
  },
  {
    id: 'share-weights',
    group: 'graph',
    keys: [],
    editing: true,
    enabled: () => selectedInstances().length > 1,
    run: () => void edit(shareWeights(selectedInstances().map(({ id }) => id))),
  },
  {
    id: 'separate-weights',
    group: 'graph',
    keys: [],
    editing: true,
    enabled: sharesWeights,
    run: () => {
      const instance = selectedInstance();
      if (instance !== null) edit(separateWeights(instance));
    },
  },
];
