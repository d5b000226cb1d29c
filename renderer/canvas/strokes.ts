import type { Point } from '#shared/graph/document.ts';
import type { BoxIndex } from './boxIndex.ts';
import type { DrawnWire } from './liftOnPage.ts';
import { type Box, wirePoints } from './wirePath.ts';
import { mayCross } from './wireUnder.ts';

const side = (a: Point, b: Point, { x, y }: Point): number =>
  (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);

/** Whether the stretch from a to b meets the one from c to d. */
export function meets(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0 && overlaps(a, b, c, d);
}

/** Whether the boxes around two stretches touch: what lies on one line need not. */
const overlaps = (a: Point, b: Point, c: Point, d: Point): boolean =>
  Math.max(a.x, b.x) >= Math.min(c.x, d.x) &&
  Math.max(c.x, d.x) >= Math.min(a.x, b.x) &&
  Math.max(a.y, b.y) >= Math.min(c.y, d.y) &&
  Math.max(c.y, d.y) >= Math.min(a.y, b.y);

/** By how much a wire may leave the area between its ends. */
const LEEWAY = 30;

/** The wires that a stretch of a knife's stroke crosses. */
export function crossedBy(from: Point, to: Point, wires: Iterable<DrawnWire>): readonly string[] {
  const crossed: string[] = [];
  const area = {
    left: Math.min(from.x, to.x) - LEEWAY,
    top: Math.min(from.y, to.y) - LEEWAY,
    right: Math.max(from.x, to.x) + LEEWAY,
    bottom: Math.max(from.y, to.y) + LEEWAY,
  };
  for (const wire of wires) {
    if (!mayCross(wire, area)) continue;
    const { id, ends, lane, via } = wire;
    const points = wirePoints(ends, lane, via).map(([x, y]) => ({ x, y }));
    if (points.some((point, index) => meets(from, to, points[index - 1] ?? point, point))) crossed.push(id);
  }
  return crossed;
}

/** Whether a point lies in the area that a line, closed from its end to its start, goes around. */
export function isInside(line: readonly Point[], { x, y }: Point): boolean {
  let inside = false;
  let before = line.at(-1);
  for (const point of line) {
    if (before && point.y > y !== before.y > y) {
      const at = point.x + ((y - point.y) / (before.y - point.y)) * (before.x - point.x);
      if (x < at) inside = !inside;
    }
    before = point;
  }
  return inside;
}

const cornersOf = ({ left, top, right, bottom }: Box): readonly Point[] => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
];

/** The cards that lie in the area that a lasso goes around, or touch it. */
export function caughtBy(line: readonly Point[], boxes: BoxIndex): readonly string[] {
  if (line.length < 3) return [];
  const xs = line.map(({ x }) => x);
  const ys = line.map(({ y }) => y);
  return boxes
    .near(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys))
    .filter((box) => {
      const corners = cornersOf(box);
      return (
        corners.some((corner) => isInside(line, corner)) ||
        line.some(({ x, y }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) ||
        line.some((point, index) =>
          corners.some((corner, other) =>
            meets(line.at(index - 1) ?? point, point, corners.at(other - 1) ?? corner, corner),
          ),
        )
      );
    })
    .map(({ id }) => id);
}
