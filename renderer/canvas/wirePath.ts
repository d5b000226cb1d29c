import { getBezierPath, Position } from '@xyflow/react';
import type { Point } from '#shared/graph/document.ts';
import { routePath, routePoints } from './routePath.ts';
import type { Ends, WireShape } from './wireEnds.ts';

/** The place that a card takes up. */
export interface Box {
  readonly id: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How far a wire goes straight on before it turns. */
export const REACH = 22;
/** What a wire keeps between itself and the cards that it passes. */
const CLEARANCE = 18;
const RADIUS = 18;
/** A wire that goes farther than this both ways takes a lane: the curve would cross everything between. */
const FAR = { across: 420, down: 120 };
/** Points of a curve that are looked at. */
const SAMPLES = 16;

const sides = { sourcePosition: Position.Right, targetPosition: Position.Left };

/** A point of the curve that `getBezierPath` draws to the right. */
function curvePoint({ sourceX, sourceY, targetX, targetY }: Ends, t: number): [x: number, y: number] {
  const middle = (sourceX + targetX) / 2;
  const ease = t * t * (3 - 2 * t);
  const u = 1 - t;
  const x = u ** 3 * sourceX + 3 * u * u * t * middle + 3 * u * t * t * middle + t ** 3 * targetX;
  return [x, sourceY + (targetY - sourceY) * ease];
}

const crosses = (box: Box, x1: number, y1: number, x2: number, y2: number): boolean =>
  Math.max(x1, x2) > box.left &&
  Math.min(x1, x2) < box.right &&
  Math.max(y1, y2) > box.top &&
  Math.min(y1, y2) < box.bottom;

/** Whether the curve runs behind one of these cards. */
function isCovered(ends: Ends, boxes: readonly Box[]): boolean {
  const { sourceX, sourceY, targetX, targetY } = ends;
  const near = boxes.filter((box) => crosses(box, sourceX, sourceY, targetX, targetY));
  if (near.length === 0) return false;
  for (let sample = 1; sample < SAMPLES; sample++) {
    const [x, y] = curvePoint(ends, sample / SAMPLES);
    if (near.some((box) => x > box.left && x < box.right && y > box.top && y < box.bottom)) return true;
  }
  return false;
}

/** Whether a wire goes back to the left, far across the rows, or behind cards other than its own two. */
export function leavesCurve(ends: Ends, boxes: readonly Box[], own: readonly string[]): boolean {
  const { sourceX, sourceY, targetX, targetY } = ends;
  const back = targetX <= sourceX;
  const far = targetX - sourceX > FAR.across && Math.abs(targetY - sourceY) > FAR.down;
  return (
    back ||
    far ||
    isCovered(
      ends,
      boxes.filter(({ id }) => !own.includes(id)),
    )
  );
}

/**
 * Height of the level stretch of a wire that should not take the straight curve. Null where the curve is
 * right, or where no lane is free.
 */
export function wireLane(ends: Ends, boxes: readonly Box[], own: readonly string[]): number | null {
  return leavesCurve(ends, boxes, own) ? freeLane(ends, boxes) : null;
}

/** The same of a wire that leaves its curve; only boxes within `REACH` of it to the left and right have a say. */
export function freeLane(ends: Ends, boxes: readonly Box[]): number | null {
  const { sourceX, sourceY, targetX, targetY } = ends;
  const back = targetX <= sourceX;
  const out = sourceX + REACH;
  const into = targetX - REACH;
  const middle = (sourceY + targetY) / 2;
  const [left, right] = [Math.min(out, into), Math.max(out, into)];
  // The upright stretches end at the first card above and below; the level one must pass between cards.
  let [highest, lowest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const taken: { top: number; bottom: number }[] = [];
  const lanes = back ? [middle] : [];
  for (const box of boxes) {
    if (!(right > box.left && left < box.right)) continue;
    const { top, bottom } = box;
    lanes.push(bottom + CLEARANCE, top - CLEARANCE);
    taken.push({ top: top - CLEARANCE / 2, bottom: bottom + CLEARANCE / 2 });
    for (const [x, y] of [
      [out, sourceY],
      [into, targetY],
    ] as const) {
      if (!(x + 1 > box.left && x - 1 < box.right)) continue;
      if (bottom > y) lowest = Math.min(lowest, top);
      if (top < y) highest = Math.max(highest, bottom);
    }
  }
  const free = (y: number): boolean =>
    y >= highest && y <= lowest && !taken.some(({ top, bottom }) => y > top && y < bottom);
  // On the way back a lane halfway between the rows; onwards the one nearest to where the wire begins,
  // which all wires from one port share.
  const wish = back ? middle : sourceY;
  const cost = (y: number): number =>
    Math.abs(y - sourceY) + Math.abs(y - targetY) + Math.abs(y - wish) / 100;
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  // The cheapest that is free: whether it is free costs most to find out, and is asked last.
  for (const lane of lanes) {
    if (lane < highest || lane > lowest) continue;
    const price = cost(lane);
    if (price >= least || !free(lane)) continue;
    best = lane;
    least = price;
  }
  return best ?? (back ? middle : null);
}

/** A turn of up to `RADIUS` from a level stretch into an upright one, or back. */
const turn = (x: number, y: number, byX: number, byY: number): string => `Q${x} ${y} ${x + byX} ${y + byY}`;

/** A wire that is led nowhere; one list, since wires are compared by it. */
export const straightOn: readonly Point[] = [];

/**
 * Path of a wire and the middle of it: through the points that it is led through, else a curve, or around
 * the cards along a lane, with rounded corners.
 */
export function wirePath(ends: Ends, lane: number | null, via: readonly Point[] = straightOn): WireShape {
  if (via.length > 0) return routePath(ends, via);
  const { sourceX, sourceY, targetX, targetY } = ends;
  if (lane === null) {
    const [path, labelX, labelY] = getBezierPath({ ...ends, ...sides });
    return [path, labelX, labelY];
  }
  const out = sourceX + REACH;
  const into = targetX - REACH;
  const level = Math.abs(into - out) / 2;
  const first = Math.min(RADIUS, Math.abs(lane - sourceY) / 2, level);
  const second = Math.min(RADIUS, Math.abs(targetY - lane) / 2, level);
  const along = Math.sign(into - out);
  const down = Math.sign(lane - sourceY);
  const on = Math.sign(targetY - lane);
  const path = [
    `M${sourceX} ${sourceY}`,
    `L${out - first} ${sourceY}`,
    turn(out, sourceY, 0, down * first),
    `L${out} ${lane - down * first}`,
    turn(out, lane, along * first, 0),
    `L${into - along * second} ${lane}`,
    turn(into, lane, 0, on * second),
    `L${into} ${targetY - on * second}`,
    turn(into, targetY, second, 0),
    `L${targetX} ${targetY}`,
  ].join('');
  return [path, (out + into) / 2, lane];
}

/** Points along a wire, close enough together for a card not to slip between them. */
export function wirePoints(
  ends: Ends,
  lane: number | null,
  via: readonly Point[] = straightOn,
): readonly (readonly [x: number, y: number])[] {
  if (via.length > 0) return routePoints(ends, via);
  const steps = Array.from({ length: SAMPLES + 1 }, (_, step) => step / SAMPLES);
  if (lane === null) return steps.map((t) => curvePoint(ends, t));
  const out = ends.sourceX + REACH;
  const into = ends.targetX - REACH;
  return [
    [ends.sourceX, ends.sourceY],
    [out, ends.sourceY],
    ...steps.map((t) => [out + (into - out) * t, lane] as const),
    [into, ends.targetY],
    [ends.targetX, ends.targetY],
  ];
}
