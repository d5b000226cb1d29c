import { type Level, levelOfBlock, openBlocks, placeOfPath, sameLevel } from '#shared/graph/blockLevels.ts';
import { blockOf } from '#shared/graph/definitionOf.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import { showLevel, useDocumentStore } from './documentStore.ts';
import { revealNode, select, useSelectionStore } from './selectionStore.ts';

/** Opens the block that a node on the canvas is an instance of. False where it is none. */
export function enterBlock(nodeId: string): boolean {
  const { graph, level } = useDocumentStore.getState();
  const node = graph?.nodes.find(({ id }) => id === nodeId);
  if (!graph || !node || !blockOf(graph, node)) return false;
  const inner = [...level, { instance: nodeId, copy: 1 }];
  showLevel(inner);
  if (useDocumentStore.getState().level.length < inner.length) return false;
  select([]);
  return true;
}

/** The one selected node, where it is an instance of a block. */
export function selectedInstance(): string | null {
  const [id, ...others] = useSelectionStore.getState().nodeIds;
  const { graph } = useDocumentStore.getState();
  const node = others.length === 0 ? graph?.nodes.find((candidate) => candidate.id === id) : undefined;
  return graph && node && blockOf(graph, node) ? node.id : null;
}

/** Goes to a level further out; the instance that was left is selected. */
export function leaveTo(depth: number): void {
  const { level } = useDocumentStore.getState();
  const left = level[depth];
  if (!left) return;
  showLevel(level.slice(0, depth));
  select([left.instance]);
}

/** Leaves the block that is open; false where none is. */
export function leaveBlock(): boolean {
  const { level } = useDocumentStore.getState();
  leaveTo(level.length - 1);
  return level.length > 0;
}

/** Another of the copies in a row that the open block is repeated in. */
export function showCopy(copy: number): void {
  const { level } = useDocumentStore.getState();
  const step = level.at(-1);
  if (step) showLevel([...level.slice(0, -1), { ...step, copy }]);
}

function goTo(level: Level): void {
  if (!sameLevel(level, useDocumentStore.getState().level)) showLevel(level);
}

/** Selects a node of the document, or of a block of it, and brings it into view, whatever is open. */
export function revealInDocument(nodeId: string, blockId?: string): void {
  const { document, level } = useDocumentStore.getState();
  if (!document) return;
  // One definition may be open by any of its instances: then that stays.
  const isOpen = blockId !== undefined && openBlocks(document, level).at(-1)?.block.id === blockId;
  const there = blockId === undefined ? [] : levelOfBlock(document, blockId);
  if (!there) return;
  if (!isOpen) goTo(there);
  revealNode(nodeId);
}

/** Selects a node at a level and brings it into view. */
export function revealAt(level: Level, nodeId: string): void {
  goTo(level);
  revealNode(nodeId);
}

/** Opens the block that a problem is in, selects its node and brings it into view. */
export function revealProblem({ nodeId, inside }: Problem): void {
  const { document } = useDocumentStore.getState();
  if (!document || nodeId === undefined) return;
  const place = inside ? placeOfPath(document, inside.nodeId) : { level: [], nodeId };
  goTo(place.level);
  revealNode(place.nodeId);
}
