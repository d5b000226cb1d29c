import type { GraphChanges } from '#shared/graph/compareDocuments.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { Edge, Frame, GraphDocument, NodeInstance, Note } from '#shared/graph/document.ts';
import type { Ends, WireShape } from '../canvas/wireEnds.ts';
import { type Box, wirePath } from '../canvas/wirePath.ts';

// The measures of the cards on the canvas (ui/canvas.css); a ghost has a width of its own.
const HEADER = 30;
const ROW = 20;
const PAD = { top: 6, bottom: 9 };
export const GHOST_WIDTH = 164;

/** What is not in the graph any more, to be drawn where it was. */
export interface Ghosts {
  readonly nodes: readonly NodeInstance[];
  readonly wires: readonly { readonly id: string; readonly shape: WireShape }[];
  readonly frames: readonly Frame[];
  readonly notes: readonly Note[];
}

/** The place that a card which is not there any more takes up. */
export function ghostBox(node: NodeInstance, graph: GraphDocument): Box {
  const ports = definitionOf(graph, node)?.ports;
  const rows = Math.max(1, ports?.inputs.length ?? 0, ports?.outputs.length ?? 0);
  const { x, y } = node.position;
  return {
    id: node.id,
    left: x,
    top: y,
    right: x + GHOST_WIDTH,
    bottom: y + HEADER + PAD.top + rows * ROW + PAD.bottom,
  };
}

const gone = <Part>(
  changes: ReadonlyMap<string, { readonly kind: string; readonly before: Part | undefined }>,
): Part[] =>
  [...changes.values()].flatMap(({ kind, before }) =>
    kind === 'removed' && before !== undefined ? [before] : [],
  );

/** `before` is how the graph was; `boxes` are the cards that are there. */
export function ghostsOf(changes: GraphChanges, before: GraphDocument, boxes: readonly Box[]): Ghosts {
  const nodes = gone(changes.nodes);
  const places = new Map(boxes.map((box) => [box.id, box]));
  for (const node of nodes) places.set(node.id, ghostBox(node, before));
  const known = new Map(before.nodes.map((node) => [node.id, node]));
  const height = (end: Edge['from'], side: 'inputs' | 'outputs'): number => {
    const node = known.get(end.node);
    const ports = node && definitionOf(before, node)?.ports[side];
    const row = Math.max(0, ports?.findIndex(({ id }) => id === end.port) ?? 0);
    return HEADER + PAD.top + row * ROW + ROW / 2;
  };
  const wires = [...changes.edges].flatMap(([id, { kind, before: edge }]) => {
    const [from, to] = [edge && places.get(edge.from.node), edge && places.get(edge.to.node)];
    if (kind !== 'removed' || !edge || !from || !to) return [];
    const ends: Ends = {
      sourceX: from.right,
      sourceY: from.top + height(edge.from, 'outputs'),
      targetX: to.left,
      targetY: to.top + height(edge.to, 'inputs'),
    };
    return [{ id, shape: wirePath(ends, null, edge.via) }];
  });
  return { nodes, wires, frames: gone(changes.frames), notes: gone(changes.notes) };
}
