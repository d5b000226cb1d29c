import type { Point } from '#shared/graph/document.ts';
import type { BoxIndex } from './boxIndex.ts';
import type { Box } from './wirePath.ts';

export type Extent = Omit<Box, 'id'>;

/** From one place that is tried to the next, down and to the right. */
const STEP = 32;
const MOST_TRIES = 200;
/** So much of the smaller one of two may be covered, that both are seen and can be taken hold of. */
const COVERED = 0.8;

const area = ({ left, top, right, bottom }: Extent): number => (right - left) * (bottom - top);

function hides(a: Extent, b: Extent): boolean {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 && width * height > COVERED * Math.min(area(a), area(b));
}

const moved = ({ left, top, right, bottom }: Extent, { x, y }: Point): Extent => ({
  left: left + x,
  top: top + y,
  right: right + x,
  bottom: bottom + y,
});

/** By how much copies are moved so that none of them hides a card or note, or lies hidden; at first by `offset`. */
export function freeOffset(copies: readonly Extent[], present: BoxIndex, offset: Point): Point {
  const isFree = (by: Point): boolean =>
    copies.every((copy) => {
      const at = moved(copy, by);
      return !present.near(at.left, at.top, at.right, at.bottom).some((box) => hides(at, box));
    });
  let place = offset;
  for (let tries = 0; tries < MOST_TRIES && !isFree(place); tries++)
    place = { x: place.x + STEP, y: place.y + STEP };
  return place;
}

/** What moves all of these to the middle of what is in sight, where none of them is in it after moving by `offset`. */
export function intoSight(copies: readonly Extent[], sight: Extent | null, offset: Point): Point {
  if (!sight || copies.length === 0) return offset;
  const isSeen = copies.some((copy) => {
    const { left, top, right, bottom } = moved(copy, offset);
    return right > sight.left && left < sight.right && bottom > sight.top && top < sight.bottom;
  });
  if (isSeen) return offset;
  const middle = (a: number, b: number): number => (a + b) / 2;
  const left = Math.min(...copies.map((copy) => copy.left));
  const top = Math.min(...copies.map((copy) => copy.top));
  const right = Math.max(...copies.map((copy) => copy.right));
  const bottom = Math.max(...copies.map((copy) => copy.bottom));
  return {
    x: Math.round(middle(sight.left, sight.right) - middle(left, right)),
    y: Math.round(middle(sight.top, sight.bottom) - middle(top, bottom)),
  };
}
