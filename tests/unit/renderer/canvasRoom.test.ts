import { describe, expect, it } from 'vitest';
import { barForm } from '#renderer/canvas/barForm.ts';
import { framesIn, grownAround } from '#renderer/canvas/frames.ts';
import { limitFor } from '#renderer/canvas/zoomLimit.ts';
import type { Frame } from '#shared/graph/document.ts';

describe('the bar over the selection', () => {
  it('gathers what arranges where there is little room, and goes into the corner where there is less', () => {
    expect(barForm(900, 15, 8)).toBe('middle apart');
    expect(barForm(720, 15, 8)).toBe('middle gathered');
    expect(barForm(400, 15, 8)).toBe('corner gathered');
    expect(barForm(720, 7, 0)).toBe('middle apart');
    expect(barForm(400, 7, 0)).toBe('corner apart');
  });
});

describe('zooming out', () => {
  const box = (right: number, bottom: number) => [{ id: 'a', left: 0, top: 0, right, bottom }];
  it('goes as far as it takes to see the whole graph, and no farther for usual ones', () => {
    expect(limitFor([])).toBe(0.1);
    expect(limitFor(box(2000, 1000))).toBe(0.1);
    expect(limitFor(box(20_000, 3000))).toBe(0.02);
    expect(limitFor(box(3000, 100_000))).toBe(0.002);
  });
});

describe('frames within frames', () => {
  const frame = (id: string, x: number, y: number, width: number, height: number): Frame => ({
    id,
    title: id,
    color: 'neutral',
    position: { x, y },
    size: { width, height },
  });

  it('make the frames that hold them grow, so that edges and titles stand clear', () => {
    const inner = frame('inner', 100, 100, 200, 150);
    const outer = frame('outer', 100, 100, 600, 150);
    const roomy = frame('roomy', 0, 0, 2000, 1000);
    const beside = frame('beside', 5000, 0, 300, 300);
    const grown = grownAround(inner, [roomy, beside, outer]);
    expect(grown).toEqual([frame('outer', 88, 64, 612, 198), roomy]);
  });

  it('go along with the frame that they lie in as a whole', () => {
    const outer = frame('outer', 0, 0, 500, 500);
    const all = [outer, frame('in', 10, 40, 100, 100), frame('across', 450, 10, 100, 100)];
    expect(framesIn(outer, all)).toEqual(['in']);
  });
});
