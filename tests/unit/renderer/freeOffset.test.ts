import { describe, expect, it } from 'vitest';
import { createBoxIndex } from '#renderer/canvas/boxIndex.ts';
import { freeOffset, intoSight } from '#renderer/canvas/freeOffset.ts';

const card = (x: number, y: number, width = 160, height = 90) => ({
  left: x,
  top: y,
  right: x + width,
  bottom: y + height,
});
const cards = (...boxes: ReturnType<typeof card>[]) =>
  createBoxIndex(boxes.map((box, at) => ({ id: String(at), ...box })));
const first = { x: 32, y: 32 };

describe('a copy', () => {
  it('lies beside its original, and beside earlier copies of it', () => {
    expect(freeOffset([card(0, 0)], cards(card(0, 0)), first)).toEqual(first);
    expect(freeOffset([card(0, 0)], cards(card(0, 0), card(32, 32), card(64, 64)), first)).toEqual({
      x: 96,
      y: 96,
    });
  });

  it('neither hides a smaller card nor lies within a larger one', () => {
    const small = card(60, 60, 40, 20);
    expect(freeOffset([card(0, 0)], cards(card(0, 0), small), first)).toEqual({ x: 64, y: 64 });
    const [note] = [card(-20, -20, 240, 240)];
    const { x } = freeOffset([card(0, 0)], cards(note), first);
    expect(x + 160).toBeGreaterThan(note.right);
  });

  it('comes into sight where it would be out of it, all of it together', () => {
    const sight = card(1000, 1000, 800, 600);
    expect(intoSight([card(0, 0), card(200, 0)], sight, first)).toEqual({ x: 1220, y: 1255 });
    expect(intoSight([card(0, 0), card(1100, 1100)], sight, first)).toEqual(first);
    expect(intoSight([card(0, 0)], null, first)).toEqual(first);
  });
});
