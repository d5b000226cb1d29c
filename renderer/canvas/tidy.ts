import {
  type Command,
  changeFrame,
  changeNote,
  moveNodes,
  routeEdges,
  sequence,
} from '#shared/graph/commands.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import { type Edge, edgeId, type Frame, type GraphDocument } from '#shared/graph/document.ts';
import type { LayoutBox, LayoutWire } from './autoLayout.ts';
import type { Point } from './canvasApi.ts';
import { areaOf, FRAME_MARGIN, holds } from './frames.ts';

type Layout = (
  boxes: readonly LayoutBox[],
  wires: readonly LayoutWire[],
) => Promise<ReadonlyMap<string, Point>>;

/** What a card takes up, and how far below its top its ports lie, where that is known. */
export interface CardSize {
  readonly width: number;
  readonly height: number;
  readonly ports?: LayoutBox['heights'];
}
type Sizes = ReadonlyMap<string, CardSize>;
const UNKNOWN: CardSize = { width: 160, height: 90 };

/** Where everything goes. */
export interface Tidied {
  readonly nodes: ReadonlyMap<string, Point>;
  /** The smaller before those that hold them. */
  readonly frames: readonly Frame[];
}

const isIn = ({ position, size }: Frame, { x, y }: Point): boolean =>
  x >= position.x && y >= position.y && x <= position.x + size.width && y <= position.y + size.height;

/** A frame, or the whole, with what lies in it and in no smaller frame. */
interface Group {
  readonly frame: Frame | null;
  readonly cards: string[];
  readonly inner: Group[];
}

const cardsOf = ({ cards, inner }: Group): string[] => [...cards, ...inner.flatMap(cardsOf)];

/** The cards to be arranged by the frames that they lie in; a frame takes part where all of its cards do. */
function groupsOf(document: GraphDocument, chosen: ReadonlySet<string>, sizes: Sizes): Group {
  const frames = (document.frames ?? []).toSorted((a, b) => areaOf(a) - areaOf(b));
  const groups = new Map(frames.map((frame): [Frame, Group] => [frame, { frame, cards: [], inner: [] }]));
  const whole: Group = { frame: null, cards: [], inner: [] };
  const around = new Map<Frame, Frame | undefined>();
  for (const [at, frame] of frames.entries()) {
    around.set(
      frame,
      frames.slice(at + 1).find((outer) => holds(outer, frame)),
    );
  }
  const open = new Set<Frame>();
  for (const { id, position } of document.nodes) {
    const { width, height } = sizes.get(id) ?? { width: 0, height: 0 };
    const middle = { x: position.x + width / 2, y: position.y + height / 2 };
    const frame = frames.find((candidate) => isIn(candidate, middle));
    if (chosen.has(id)) (frame ? groups.get(frame) : undefined)?.cards.push(id);
    if (chosen.has(id) && !frame) whole.cards.push(id);
    // What is not arranged keeps the frames around it where they are.
    if (!chosen.has(id)) for (let outer = frame; outer; outer = around.get(outer)) open.add(outer);
  }
  for (const [frame, group] of groups) {
    if (cardsOf(group).length === 0) continue;
    let outer = around.get(frame);
    while (outer && open.has(outer)) outer = around.get(outer);
    const holder = (outer && groups.get(outer)) ?? whole;
    if (open.has(frame)) {
      holder.cards.push(...group.cards);
      holder.inner.push(...group.inner);
    } else holder.inner.push(group);
  }
  return whole;
}

/** A group laid out by itself, from its upper left corner. */
interface Placed {
  readonly nodes: Map<string, Point>;
  readonly frames: Frame[];
  readonly width: number;
  readonly height: number;
}

const shifted = ({ x, y }: Point, by: Point): Point => ({ x: x + by.x, y: y + by.y });

/** Works out places for some nodes of a graph: what is in a frame stays together, and the frame fits itself to it. */
export async function tidy(
  document: GraphDocument,
  ids: ReadonlySet<string>,
  sizes: Sizes,
  layout: Layout,
): Promise<Tidied> {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const cardBox = (id: string): LayoutBox => {
    const node = nodes.get(id);
    const ports = node && definitionOf(document, node)?.ports;
    const { width, height, ports: heights } = sizes.get(id) ?? UNKNOWN;
    return {
      ...{ id, width, height },
      ...(heights && { heights }),
      inputs: ports?.inputs.map((port) => port.id) ?? [],
      outputs: ports?.outputs.map((port) => port.id) ?? [],
    };
  };

  /** Outside, a frame is one box with a port for each wire that enters or leaves it. */
  const frameBox = (id: string, own: ReadonlySet<string>, placed: Placed): LayoutBox => {
    const inputs = new Set<string>();
    const outputs = new Set<string>();
    const heights = new Map<string, number>();
    const note = (side: '<' | '>', end: Edge['from']): string => {
      const port = `${end.node}.${end.port}`;
      const below = sizes.get(end.node)?.ports?.get(`${side}${end.port}`);
      if (below !== undefined) heights.set(`${side}${port}`, (placed.nodes.get(end.node)?.y ?? 0) + below);
      return port;
    };
    for (const { from, to } of document.edges) {
      if (own.has(from.node) === own.has(to.node)) continue;
      if (own.has(from.node)) outputs.add(note('>', from));
      else inputs.add(note('<', to));
    }
    const { width, height } = placed;
    return { id, width, height, heights, inputs: [...inputs], outputs: [...outputs] };
  };

  const place = async (group: Group): Promise<Placed> => {
    const boxes = new Map(group.cards.map((id) => [id, cardBox(id)]));
    const holder = new Map<string, string>();
    const inside = new Map<string, Placed>();
    for (const inner of group.inner) {
      const id = inner.frame?.id ?? '';
      const placed = await place(inner);
      const own = new Set(cardsOf(inner));
      for (const card of own) holder.set(card, id);
      inside.set(id, placed);
      boxes.set(id, frameBox(id, own, placed));
    }
    const own = new Set(cardsOf(group));
    const end = ({ node, port }: Edge['from']): Edge['from'] => {
      const frame = holder.get(node);
      return frame === undefined ? { node, port } : { node: frame, port: `${node}.${port}` };
    };
    const wires = document.edges
      .filter(({ from, to }) => own.has(from.node) && own.has(to.node))
      .map(({ from, to }): LayoutWire => ({ from: end(from), to: end(to) }))
      .filter(({ from, to }) => from.node !== to.node);
    const found = await layout([...boxes.values()], wires);
    const area = boundsOf(found, boxes);
    const { side, top } = group.frame ? FRAME_MARGIN : { side: 0, top: 0 };
    const corner = { x: side - area.x, y: top - area.y };
    const all: Placed = {
      nodes: new Map(),
      frames: [],
      width: area.width + 2 * side,
      height: area.height + top + side,
    };
    for (const [id, at] of found) {
      const here = shifted(at, corner);
      const placed = inside.get(id);
      if (!placed) all.nodes.set(id, here);
      for (const [card, own] of placed?.nodes ?? []) all.nodes.set(card, shifted(own, here));
      for (const frame of placed?.frames ?? []) {
        all.frames.push({ ...frame, position: shifted(frame.position, here) });
      }
    }
    const { width, height } = all;
    if (group.frame) all.frames.push({ ...group.frame, position: { x: 0, y: 0 }, size: { width, height } });
    return all;
  };

  const placed = await place(groupsOf(document, ids, sizes));
  const shift = ids.size < document.nodes.length ? anchor(document, ids, placed.nodes) : { x: 0, y: 0 };
  const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x + shift.x), y: Math.round(y + shift.y) });
  return {
    nodes: new Map([...placed.nodes].map(([id, at]) => [id, rounded(at)])),
    frames: placed.frames.map((frame) => ({ ...frame, position: rounded(frame.position) })),
  };
}

function boundsOf(places: ReadonlyMap<string, Point>, boxes: ReadonlyMap<string, LayoutBox>) {
  const all = [...places].map(([id, { x, y }]) => {
    const { width = 0, height = 0 } = boxes.get(id) ?? {};
    return { left: x, top: y, right: x + width, bottom: y + height };
  });
  const x = Math.min(...all.map(({ left }) => left));
  const y = Math.min(...all.map(({ top }) => top));
  return {
    x,
    y,
    width: Math.round(Math.max(...all.map(({ right }) => right)) - x),
    height: Math.round(Math.max(...all.map(({ bottom }) => bottom)) - y),
  };
}

/** What brings the upper left corner of a part back to where it was among the rest. */
function anchor(
  document: GraphDocument,
  ids: ReadonlySet<string>,
  places: ReadonlyMap<string, Point>,
): Point {
  const before = document.nodes.filter(({ id }) => ids.has(id)).map(({ position }) => position);
  const after = [...places.values()];
  const least = (points: readonly Point[], axis: 'x' | 'y'): number =>
    Math.min(...points.map((point) => point[axis]));
  return { x: least(before, 'x') - least(after, 'x'), y: least(before, 'y') - least(after, 'y') };
}

/** Brings everything to its place, as one step of undo: wires between what was arranged go straight again. */
export function applyTidied({ nodes, frames }: Tidied): Command {
  return sequence({ key: 'arrange', data: { count: nodes.size } }, (document) => {
    const led = document.edges.filter(
      ({ via, from, to }) => via && nodes.has(from.node) && nodes.has(to.node),
    );
    const moved = frames.map((frame) => ({
      frame,
      before: document.frames?.find(({ id }) => id === frame.id) ?? frame,
    }));
    const notes = (document.notes ?? []).flatMap(({ id, position, size }) => {
      const middle = { x: position.x + size.width / 2, y: position.y + size.height / 2 };
      const around = moved.find(({ before }) => isIn(before, middle));
      if (!around) return [];
      const x = position.x + around.frame.position.x - around.before.position.x;
      const y = position.y + around.frame.position.y - around.before.position.y;
      return [changeNote(id, { position: { x, y } })];
    });
    return [
      moveNodes(Object.fromEntries(nodes)),
      ...frames.map(({ id, position, size }) => changeFrame(id, { position, size })),
      ...notes,
      ...(led.length > 0 ? [routeEdges(Object.fromEntries(led.map((edge) => [edgeId(edge), []])))] : []),
    ];
  });
}
