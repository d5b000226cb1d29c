import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { newNodeDefinition } from '../blocks/newNode.ts';
import { noteUsed } from '../library/libraryStore.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { addAtEnd } from './addNodes.ts';
import { addAtCenter, type Point, showPlace } from './canvasApi.ts';
import { useCardBoxes } from './cardBoxes.ts';
import { documentIndex } from './documentIndex.ts';
import { type FixedEnd, portFor } from './fitting.ts';
import type { Box } from './wirePath.ts';

/** What cards keep between each other, and the size of one that has not been shown yet. */
const GAP = { across: 64, down: 28 };
const NEW_SIZE = { width: 160, height: 100 };

/**
 * The end that a new node of this type is wired to when one node is selected: the first output that fits, a
 * free one before one that is in use; else a free input that waits for it.
 */
function obviousEnd(definition: NodeDefinition, nodeId: string): FixedEnd | null {
  const { graph: document } = useDocumentStore.getState();
  if (!document) return null;
  const { nodes, wired } = documentIndex(document);
  const node = nodes.get(nodeId);
  const ports = node && definitionOf(document, node)?.ports;
  const ends = (side: FixedEnd['side']): FixedEnd[] =>
    (side === 'source' ? (ports?.outputs ?? []) : (ports?.inputs ?? [])).map(({ id }) => ({
      at: { node: nodeId, port: id },
      side,
    }));
  const isFree = ({ at, side }: FixedEnd): boolean =>
    !wired.has(side === 'source' ? `${at.node}.${at.port}>` : `>${at.node}.${at.port}`);
  const outputs = ends('source').filter((end) => portFor(definition, end) !== null);
  const inputs = ends('target').filter((end) => isFree(end) && portFor(definition, end) !== null);
  return outputs.find(isFree) ?? outputs[0] ?? inputs[0] ?? null;
}

/** The place beside a card, moved down past those that lie there already. */
function placeBeside(box: Box, side: FixedEnd['side']): Point {
  const { boxes } = useCardBoxes.getState();
  const left = side === 'source' ? box.right + GAP.across : box.left - GAP.across - NEW_SIZE.width;
  let { top } = box;
  for (let tries = 0; tries < 100; tries++) {
    const [other] = boxes.near(left - 8, top - 8, left + NEW_SIZE.width + 8, top + NEW_SIZE.height + 8);
    if (!other) break;
    top = other.bottom + GAP.down;
  }
  return { x: left, y: top };
}

/**
 * Adds a node as a click in the library does: with one node selected beside it and wired to it where that is
 * obvious, else in the middle of what is in sight.
 */
export function addNext(kind: string): void {
  const definition = newNodeDefinition(kind);
  const [nodeId, ...others] = useSelectionStore.getState().nodeIds;
  const box =
    nodeId !== undefined && others.length === 0
      ? useCardBoxes.getState().boxes.all.find(({ id }) => id === nodeId)
      : undefined;
  const end = definition && box ? obviousEnd(definition, box.id) : null;
  if (!box || !end) {
    addAtCenter(kind);
    return;
  }
  const place = placeBeside(box, end.side);
  noteUsed(kind);
  addAtEnd(kind, place, end);
  showPlace({ x: place.x + NEW_SIZE.width / 2, y: place.y + NEW_SIZE.height / 2 });
}
