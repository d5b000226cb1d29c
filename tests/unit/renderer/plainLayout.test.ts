import { describe, expect, it } from 'vitest';
import { plainLayout } from '#renderer/canvas/plainLayout.ts';

const box = (id: string) => ({ id, width: 160, height: 80, inputs: ['x'], outputs: ['y'] });
const wire = (from: string, to: string) => ({
  from: { node: from, port: 'y' },
  to: { node: to, port: 'x' },
});

describe('the plain layout', () => {
  it('puts what follows to the right and nothing onto anything else, in graphs as deep as they come', () => {
    const ids = Array.from({ length: 20_000 }, (_, at) => `n${at}`);
    const places = plainLayout(
      ids.map(box),
      ids.slice(1).map((id, at) => wire(ids[at] ?? '', id)),
    );
    expect(places.size).toBe(ids.length);
    expect(new Set([...places.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(ids.length);
    const widest = Math.max(...[...places.values()].map(({ x }) => x));
    const deepest = Math.max(...[...places.values()].map(({ y }) => y));
    expect(widest / deepest).toBeGreaterThan(1);
    expect(widest / deepest).toBeLessThan(4);
  });

  it('puts a box after all that lead to it, and those side by side one below the other', () => {
    const places = plainLayout(['a', 'b', 'c', 'd'].map(box), [
      wire('a', 'b'),
      wire('a', 'c'),
      wire('b', 'd'),
      wire('c', 'd'),
    ]);
    const at = (id: string) => places.get(id) ?? { x: Number.NaN, y: Number.NaN };
    expect(at('b').y).not.toBe(at('c').y);
    expect(at('b').x).toBe(at('c').x);
    const isAfter = (one: string, other: string): boolean =>
      at(other).x > at(one).x || at(other).y > at(one).y;
    expect([isAfter('a', 'b'), isAfter('b', 'd'), isAfter('c', 'd')]).toEqual([true, true, true]);
  });
});
