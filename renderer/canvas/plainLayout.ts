import type { LayoutBox, LayoutWire } from './autoLayout.ts';
import type { Point } from './canvasApi.ts';

const GAP = { across: 64, down: 36, rows: 72 };
const ASPECT = 1.9;

/** For each box how many boxes lead to it at most, one after another. */
function layersOf(boxes: readonly LayoutBox[], wires: readonly LayoutWire[]): readonly LayoutBox[][] {
  const next = new Map<string, string[]>(boxes.map(({ id }) => [id, []]));
  const waiting = new Map<string, number>(boxes.map(({ id }) => [id, 0]));
  for (const { from, to } of wires) {
    if (!next.has(from.node) || !waiting.has(to.node)) continue;
    next.get(from.node)?.push(to.node);
    waiting.set(to.node, (waiting.get(to.node) ?? 0) + 1);
  }
  const layer = new Map<string, number>();
  // A list that is walked with what is added on the way.
  const ready = boxes.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id);
  for (const id of ready) {
    const own = layer.get(id) ?? 0;
    layer.set(id, own);
    for (const follower of next.get(id) ?? []) {
      layer.set(follower, Math.max(layer.get(follower) ?? 0, own + 1));
      const left = (waiting.get(follower) ?? 0) - 1;
      waiting.set(follower, left);
      if (left === 0) ready.push(follower);
    }
  }
  const layers: LayoutBox[][] = [];
  for (const box of boxes) {
    const at = layer.get(box.id) ?? 0;
    while (layers.length <= at) layers.push([]);
    layers[at]?.push(box);
  }
  return layers;
}

/**
 * Places from left to right by layers, broken into rows, for graphs that ELK takes too long for or cannot do: it
 * looks at each box once, and does nothing against crossings.
 */
export function plainLayout(
  boxes: readonly LayoutBox[],
  wires: readonly LayoutWire[],
): ReadonlyMap<string, Point> {
  const columns = layersOf(boxes, wires).map((layer) => ({
    layer,
    width: layer.reduce((widest, box) => Math.max(widest, box.width), 0),
    height: layer.reduce((sum, box) => sum + box.height + GAP.down, 0),
  }));
  const area = columns.reduce((sum, { width, height }) => sum + (width + GAP.across) * height, 0);
  const rowWidth = Math.sqrt(area * ASPECT);
  const places = new Map<string, Point>();
  let x = 0;
  let top = 0;
  let bottom = 0;
  for (const { layer, width, height } of columns) {
    if (x > 0 && x + width > rowWidth) {
      x = 0;
      top = bottom + GAP.rows;
    }
    let y = top;
    for (const box of layer) {
      places.set(box.id, { x, y });
      y += box.height + GAP.down;
    }
    bottom = Math.max(bottom, top + height);
    x += width + GAP.across;
  }
  return places;
}
