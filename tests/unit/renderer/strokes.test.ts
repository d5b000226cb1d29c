import { describe, expect, it } from 'vitest';
import { createBoxIndex } from '#renderer/canvas/boxIndex.ts';
import type { DrawnWire } from '#renderer/canvas/liftOnPage.ts';
import { withPoint } from '#renderer/canvas/routePath.ts';
import { caughtBy, crossedBy, isInside } from '#renderer/canvas/strokes.ts';
import { wirePath } from '#renderer/canvas/wirePath.ts';

const ends = { sourceX: 0, sourceY: 0, targetX: 200, targetY: 0 };
const wire = (id: string, sourceY: number, via: readonly { x: number; y: number }[] = []): DrawnWire => {
  const own = { ...ends, sourceY, targetY: sourceY };
  return {
    id,
    source: 'a',
    target: 'b',
    ends: own,
    lane: null,
    via,
    shape: wirePath(own, null, via),
    group: {} as SVGGElement,
    chip: null,
    points: null,
  };
};

describe("a knife's stroke", () => {
  const wires = [wire('above', 0), wire('below', 100), wire('led', 0, [{ x: 100, y: 300 }])];
  it('cuts what it crosses and nothing else', () => {
    expect(crossedBy({ x: 100, y: -20 }, { x: 100, y: 20 }, wires)).toEqual(['above']);
    expect(crossedBy({ x: 100, y: -20 }, { x: 100, y: 120 }, wires)).toEqual(['above', 'below']);
    expect(crossedBy({ x: 20, y: 20 }, { x: 180, y: 20 }, wires.slice(0, 2))).toEqual([]);
  });
  it('finds a wire where it is led', () => {
    expect(crossedBy({ x: 100, y: 280 }, { x: 100, y: 320 }, wires)).toEqual(['led']);
  });
});

describe('a lasso', () => {
  const square = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
    { x: 100, y: 100 },
    { x: 0, y: 100 },
  ];
  const box = (id: string, left: number, top: number, size = 20) => ({
    id,
    left,
    top,
    right: left + size,
    bottom: top + size,
  });
  it('goes around some places', () => {
    expect(isInside(square, { x: 50, y: 50 })).toBe(true);
    expect(isInside(square, { x: 150, y: 50 })).toBe(false);
  });
  it('catches the cards inside, those that it touches, and the one that it is drawn on', () => {
    const boxes = createBoxIndex([
      box('inside', 40, 40),
      box('touched', 90, 40),
      box('outside', 140, 40),
      box('around', -50, -50, 300),
    ]);
    expect(caughtBy(square, boxes).toSorted()).toEqual(['around', 'inside', 'touched']);
    expect(caughtBy(square.slice(0, 2), boxes)).toEqual([]);
  });
});

describe('a point of a wire', () => {
  it('is put between those that it lies between', () => {
    const via = [
      { x: 50, y: 100 },
      { x: 150, y: 100 },
    ];
    expect(withPoint(ends, via, { x: 100, y: 104 })).toEqual([via[0], { x: 100, y: 104 }, via[1]]);
    expect(withPoint(ends, via, { x: 10, y: 20 })[0]).toEqual({ x: 10, y: 20 });
  });
  it('lies on the path', () => {
    const [path] = wirePath(ends, null, [{ x: 70, y: 90 }]);
    expect(path).toContain(' 70 90');
  });
});
