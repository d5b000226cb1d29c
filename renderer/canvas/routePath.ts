import type { Point } from '#shared/graph/document.ts';
import type { Ends, WireShape } from './wireEnds.ts';

/** One stretch of a wire that is led through points: a cubic curve with its two handles. */
interface Stretch {
  readonly start: Point;
  readonly leave: Point;
  readonly arrive: Point;
  readonly end: Point;
}

/** How far a handle reaches, as a share of the stretch, and at least. */
const HANDLE = { share: 0.4, least: 18 };
/** Points of a stretch that are looked at. */
const SAMPLES = 16;

/** Direction in which a wire passes a point: along the line between the points before and after. */
function heading(before: Point | undefined, after: Point | undefined): Point {
  // At its two ends a wire is level, like every other.
  if (!before || !after) return { x: 1, y: 0 };
  const length = Math.hypot(after.x - before.x, after.y - before.y) || 1;
  return { x: (after.x - before.x) / length, y: (after.y - before.y) / length };
}

function stretches({ sourceX, sourceY, targetX, targetY }: Ends, via: readonly Point[]): Stretch[] {
  const points = [{ x: sourceX, y: sourceY }, ...via, { x: targetX, y: targetY }];
  return points.slice(1).map((end, index) => {
    const start = points[index] ?? end;
    const out = heading(points[index - 1], end);
    const into = heading(start, points[index + 2]);
    const reach = Math.max(
      HANDLE.least,
      Math.min(
        HANDLE.share * Math.hypot(end.x - start.x, end.y - start.y),
        // A short way across needs no wide turns.
        HANDLE.least + Math.abs(end.x - start.x),
      ),
    );
    return {
      start,
      leave: { x: start.x + out.x * reach, y: start.y + out.y * reach },
      arrive: { x: end.x - into.x * reach, y: end.y - into.y * reach },
      end,
    };
  });
}

function along({ start, leave, arrive, end }: Stretch, t: number): Point {
  const u = 1 - t;
  const [a, b, c, d] = [u ** 3, 3 * u * u * t, 3 * u * t * t, t ** 3];
  return {
    x: a * start.x + b * leave.x + c * arrive.x + d * end.x,
    y: a * start.y + b * leave.y + c * arrive.y + d * end.y,
  };
}

/** Path of a wire that is led through points, and the middle of its longest stretch. */
export function routePath(ends: Ends, via: readonly Point[]): WireShape {
  const parts = stretches(ends, via);
  const path = parts.map(
    ({ leave, arrive, end }) => `C${leave.x} ${leave.y} ${arrive.x} ${arrive.y} ${end.x} ${end.y}`,
  );
  const lengthOf = ({ start, end }: Stretch): number => Math.hypot(end.x - start.x, end.y - start.y);
  const longest = parts.reduce((most, part) => (lengthOf(part) > lengthOf(most) ? part : most));
  const middle = along(longest, 0.5);
  return [`M${ends.sourceX} ${ends.sourceY}${path.join('')}`, middle.x, middle.y];
}

/** Points along such a wire, those it is led through among them. */
export function routePoints(ends: Ends, via: readonly Point[]): readonly (readonly [x: number, y: number])[] {
  return [
    [ends.sourceX, ends.sourceY],
    ...stretches(ends, via).flatMap((part) =>
      Array.from({ length: SAMPLES }, (_, step) => {
        const { x, y } = along(part, (step + 1) / SAMPLES);
        return [x, y] as const;
      }),
    ),
  ];
}

/** The points of a wire with a new one at this place, between those that it lies between. */
export function withPoint(ends: Ends, via: readonly Point[], at: Point): Point[] {
  const away = (part: Stretch): number =>
    Math.min(
      ...Array.from({ length: SAMPLES + 1 }, (_, step) => {
        const { x, y } = along(part, step / SAMPLES);
        return Math.hypot(x - at.x, y - at.y);
      }),
    );
  const distances = stretches(ends, via).map(away);
  const index = distances.indexOf(Math.min(...distances));
  const place = { x: Math.round(at.x), y: Math.round(at.y) };
  return [...via.slice(0, index), place, ...via.slice(index)];
}
