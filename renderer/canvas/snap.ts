import type { BoxIndex } from './boxIndex.ts';
import type { Point } from './canvasApi.ts';
import type { Box } from './wirePath.ts';

/** A line that shows what a card in hand lies level with. */
export interface GuideLine {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

interface Snapped {
  readonly by: Point;
  readonly lines: readonly GuideLine[];
}

/** Cards farther away than this are not lined up with. */
const REACH = 900;

type Edges = readonly [start: number, middle: number, end: number];
const across = ({ left, right }: Box): Edges => [left, (left + right) / 2, right];
const down = ({ top, bottom }: Box): Edges => [top, (top + bottom) / 2, bottom];

interface Match {
  readonly shift: number;
  readonly at: number;
  readonly other: Box;
}

/** The smallest shift that brings an edge or the middle of the box onto the same of another. */
function nearest(own: Edges, others: readonly Box[], of: (box: Box) => Edges, within: number): Match | null {
  let best: Match | null = null;
  for (const other of others) {
    const edges = of(other);
    for (const [index, at] of edges.entries()) {
      const shift = at - (own[index] ?? 0);
      if (Math.abs(shift) <= within && Math.abs(shift) < Math.abs(best?.shift ?? Number.POSITIVE_INFINITY)) {
        best = { shift, at, other };
      }
    }
  }
  return best;
}

const moved = (box: Box, { x, y }: Point): Box => ({
  ...box,
  left: box.left + x,
  right: box.right + x,
  top: box.top + y,
  bottom: box.bottom + y,
});

export function unionOf(boxes: readonly Box[]): Box | null {
  const [first] = boxes;
  if (!first) return null;
  return {
    id: first.id,
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

/**
 * Lines up what is in hand with the cards around it: each axis by at most `within`, an edge with the same
 * edge and a middle with a middle.
 */
export function snap(held: readonly Box[], boxes: BoxIndex, by: Point, within: number): Snapped {
  const union = unionOf(held);
  if (!union) return { by, lines: [] };
  const at = moved(union, by);
  const own = new Set(held.map(({ id }) => id));
  const near = (left: number, top: number, right: number, bottom: number): readonly Box[] =>
    boxes.near(left, top, right, bottom).filter(({ id }) => !own.has(id));
  const column = near(at.left - within, at.top - REACH, at.right + within, at.bottom + REACH);
  const row = near(at.left - REACH, at.top - within, at.right + REACH, at.bottom + within);
  const x = nearest(across(at), column, across, within);
  const y = nearest(down(at), row, down, within);
  const to = moved(at, { x: x?.shift ?? 0, y: y?.shift ?? 0 });
  return {
    by: { x: by.x + (x?.shift ?? 0), y: by.y + (y?.shift ?? 0) },
    lines: [
      ...(x
        ? [{ x1: x.at, x2: x.at, y1: Math.min(to.top, x.other.top), y2: Math.max(to.bottom, x.other.bottom) }]
        : []),
      ...(y
        ? [{ y1: y.at, y2: y.at, x1: Math.min(to.left, y.other.left), x2: Math.max(to.right, y.other.right) }]
        : []),
    ],
  };
}
