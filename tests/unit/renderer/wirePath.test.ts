import { describe, expect, it } from 'vitest';
import { type Box, wireLane, wirePath } from '#renderer/canvas/wirePath.ts';

const box = (left: number, top: number, width = 180, height = 120): Box => ({
  id: `${left},${top}`,
  left,
  top,
  right: left + width,
  bottom: top + height,
});
const ends = (sourceX: number, sourceY: number, targetX: number, targetY: number) => ({
  sourceX,
  sourceY,
  targetX,
  targetY,
});

describe('the lane of a wire', () => {
  it('is not needed where the curve is free', () => {
    expect(wireLane(ends(180, 60, 480, 60), [box(240, 200)], [])).toBeNull();
  });

  it('passes under the cards that a curve would run behind', () => {
    const row = [box(240, 0), box(480, 0)];
    const lane = wireLane(ends(180, 60, 720, 320), row, []);
    expect(lane).toBeGreaterThan(120);
    expect(lane).toBeLessThan(320);
  });

  it('passes between two rows on the way back', () => {
    const lane = wireLane(
      ends(900, 60, 0, 300),
      [box(240, 0), box(480, 0), box(240, 240), box(480, 240)],
      [],
    );
    expect(lane).toBeGreaterThan(120);
    expect(lane).toBeLessThan(240);
  });

  it('gives up rather than run through something else', () => {
    const walls = [box(190, -5000, 20, 10_000), box(240, 0)];
    expect(wireLane(ends(180, 60, 480, 60), walls, [])).toBeNull();
  });
});

describe('the path of a wire', () => {
  it('is a curve without a lane', () => {
    expect(wirePath(ends(0, 0, 100, 0), null)[0]).toMatch(/^M0,0 C/);
  });

  it('goes along its lane and carries its label there', () => {
    const [path, labelX, labelY] = wirePath(ends(0, 0, 400, 200), 120);
    expect(path).not.toContain('NaN');
    expect([labelX, labelY]).toEqual([200, 120]);
    expect(path).toMatch(/^M0 0.*L400 200$/);
  });
});
