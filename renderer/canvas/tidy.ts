import {
  type Command,
  changeFrame,
  changeNote,
  moveNodes,
  routeEdges,
  sequence,
} from '#shared/graph/commands.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import { edgeId, type Frame, type GraphDocument } from '#shared/graph/document.ts';
import type { LayoutBox, LayoutWire } from './autoLayout.ts';
import type { Point } from './canvasApi.ts';
import { FRAME_MARGIN } from './frames.ts';

type Layout = (
  boxes: readonly LayoutBox[],
  wires: readonly LayoutWire[],
) => Promise<ReadonlyMap<string, Point>>;
type Sizes = ReadonlyMap<string, { readonly width: number; readonly height: number }>;

/** Where everything goes. */
export interface Tidied {
  readonly nodes: ReadonlyMap<string, Point>;
  readonly frames: readonly Frame[];
}

const isIn = ({ position, size }: Frame, { x, y }: Point): boolean =>
  x >= position.x && y >= position.y && x <= position.x + size.width && y <= position.y + size.height;

/** The frames of which every card is to be arranged, with their cards; a card in several counts for the smallest. */
function frameGroups(document: GraphDocument, chosen: ReadonlySet<string>, sizes: Sizes) {
  const frames = (document.frames ?? []).toSorted(
    (a, b) => a.size.width * a.size.height - b.size.width * b.size.height,
  );
  const members = new Map<Frame, string[]>();
  for (const { id, position } of document.nodes) {
    const { width, height } = sizes.get(id) ?? { width: 0, height: 0 };
    const middle = { x: position.x + width / 2, y: position.y + height / 2 };
    const frame = frames.find((candidate) => isIn(candidate, middle));
    if (frame) members.set(frame, [...(members.get(frame) ?? []), id]);
  }
  return [...members].filter(([, ids]) => ids.every((id) => chosen.has(id)));
}

/** Works out places for some nodes of a graph: what is in a frame stays together, and the frame fits itself to it. */
export async function tidy(
  document: GraphDocument,
  ids: ReadonlySet<string>,
  sizes: Sizes,
  layout: Layout,
): Promise<Tidied> {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const box = (id: string): LayoutBox => {
    const node = nodes.get(id);
    const ports = node && definitionOf(document, node)?.ports;
    return {
      id,
      ...(sizes.get(id) ?? { width: 160, height: 90 }),
      inputs: ports?.inputs.map((port) => port.id) ?? [],
      outputs: ports?.outputs.map((port) => port.id) ?? [],
    };
  };
  const boxes = new Map([...ids].map((id) => [id, box(id)]));
  const groups = frameGroups(document, ids, sizes);
  const groupOf = new Map(groups.flatMap(([frame, members]) => members.map((id) => [id, frame.id] as const)));
  const places = new Map<string, Point>();
  const frameSizes = new Map<string, Frame['size']>();

  for (const [frame, members] of groups) {
    const own = new Set(members);
    const inner = await layout(
      members.flatMap((id) => boxes.get(id) ?? []),
      document.edges.filter(({ from, to }) => own.has(from.node) && own.has(to.node)),
    );
    const area = boundsOf(inner, boxes);
    for (const [id, { x, y }] of inner) {
      places.set(id, { x: x - area.x + FRAME_MARGIN.side, y: y - area.y + FRAME_MARGIN.top });
    }
    frameSizes.set(frame.id, {
      width: area.width + 2 * FRAME_MARGIN.side,
      height: area.height + FRAME_MARGIN.top + FRAME_MARGIN.side,
    });
  }

  // Outside, a frame is one box with a port for each wire that enters or leaves it.
  const outerWires: LayoutWire[] = [];
  const ports = new Map(groups.map(([{ id }]) => [id, { inputs: [] as string[], outputs: [] as string[] }]));
  for (const { from, to } of document.edges) {
    if (!ids.has(from.node) || !ids.has(to.node)) continue;
    const source = groupOf.get(from.node);
    const target = groupOf.get(to.node);
    if (source !== undefined && source === target) continue;
    const out = source === undefined ? from : { node: source, port: `${from.node}.${from.port}` };
    const into = target === undefined ? to : { node: target, port: `${to.node}.${to.port}` };
    if (source !== undefined) ports.get(source)?.outputs.push(out.port);
    if (target !== undefined) ports.get(target)?.inputs.push(into.port);
    outerWires.push({ from: out, to: into });
  }
  const frameBoxes = groups.map(([{ id, size }]): LayoutBox => {
    const { inputs = [], outputs = [] } = ports.get(id) ?? {};
    return {
      id,
      ...(frameSizes.get(id) ?? size),
      inputs: [...new Set(inputs)],
      outputs: [...new Set(outputs)],
    };
  });
  const outer = await layout(
    [...[...boxes.values()].filter(({ id }) => !groupOf.has(id)), ...frameBoxes],
    outerWires,
  );

  for (const id of ids) {
    const frame = groupOf.get(id);
    const corner = frame === undefined ? { x: 0, y: 0 } : (outer.get(frame) ?? { x: 0, y: 0 });
    const own = frame === undefined ? outer.get(id) : places.get(id);
    if (own) places.set(id, { x: corner.x + own.x, y: corner.y + own.y });
  }
  const shift = ids.size < document.nodes.length ? anchor(document, ids, places) : { x: 0, y: 0 };
  const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x + shift.x), y: Math.round(y + shift.y) });
  return {
    nodes: new Map([...places].map(([id, place]) => [id, rounded(place)])),
    frames: groups.map(([frame]) => ({
      ...frame,
      position: rounded(outer.get(frame.id) ?? frame.position),
      size: frameSizes.get(frame.id) ?? frame.size,
    })),
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
