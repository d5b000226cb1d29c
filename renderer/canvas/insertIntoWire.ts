import { type Command, moveNodes, sequence, spliceNode } from '#shared/graph/commands.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import { type Edge, edgeId, type GraphDocument } from '#shared/graph/document.ts';
import { findNode } from '#shared/graph/selectors.ts';
import type { Point } from './canvasApi.ts';
import { useCardBoxes } from './cardBoxes.ts';
import { portsWithin } from './fitting.ts';
import { reachedFrom } from './growSelection.ts';
import type { Box } from './wirePath.ts';

/** What cards keep between each other along a wire. */
const GAP = 40;
/** Taken for a card that has not been shown yet. */
const NEW_SIZE = { width: 160, height: 100 };

/**
 * Places that leave room for a card between the two ends of a wire: the card moves to the right of the
 * first, and what follows it moves on. A wire that goes back to the left is left as it is.
 */
function makeRoom(document: GraphDocument, edge: Edge, node: string, at: Point): Record<string, Point> {
  const boxes = new Map(useCardBoxes.getState().boxes.all.map((box): [string, Box] => [box.id, box]));
  const source = boxes.get(edge.from.node);
  const target = boxes.get(edge.to.node);
  if (!source || !target || target.left < source.right) return { [node]: at };
  const own = boxes.get(node);
  const width = own ? own.right - own.left : NEW_SIZE.width;
  const left = Math.max(at.x, source.right + GAP);
  const by = left + width + GAP - target.left;
  const places: Record<string, Point> = { [node]: { x: left, y: at.y } };
  if (by <= 0) return places;
  const followers = reachedFrom(document, [edge.to.node], 'downstream');
  for (const { id, position } of document.nodes) {
    if (id !== node && followers.has(id) && position.x >= target.left) {
      places[id] = { x: position.x + by, y: position.y };
    }
  }
  return places;
}

/** Puts a node, already in the document, into a wire; its neighbours make room. One step of undo. */
export function insertIntoWire(edge: Edge, node: string, at: Point): Command {
  return sequence({ key: 'insert-into-wire' }, (document) => {
    const found = findNode(document, node);
    const definition = found && definitionOf(document, found);
    const ports = definition && portsWithin(definition, edge);
    const splice = ports ? [spliceNode(edgeId(edge), { node, ...ports })] : [];
    return [...splice, moveNodes(makeRoom(document, edge, node, at))];
  });
}

/** Where a card would lie whose middle is at this point. */
export const boxAround = (id: string, { x, y }: Point): Box => ({
  id,
  left: x - NEW_SIZE.width / 2,
  top: y - NEW_SIZE.height / 2,
  right: x + NEW_SIZE.width / 2,
  bottom: y + NEW_SIZE.height / 2,
});
