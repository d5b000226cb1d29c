import { describe, expect, it } from 'vitest';
import { DIGIT_SIZE, type GrayImage, toDigitImage } from '#shared/images/digitImage.ts';

function draw(width: number, height: number, ink: (x: number, y: number) => boolean): GrayImage {
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data[y * width + x] = ink(x, y) ? 1 : 0;
  }
  return { width, height, data };
}

const at = (digit: Float32Array | null, x: number, y: number): number =>
  digit?.[y * DIGIT_SIZE + x] ?? Number.NaN;
const total = (digit: Float32Array | null): number =>
  Array.from(digit ?? []).reduce((sum, value) => sum + value, 0);

describe('toDigitImage', () => {
  it('is nothing where nothing, or only the shade of an edge, was drawn', () => {
    expect(toDigitImage(draw(40, 40, () => false))).toBeNull();
    expect(toDigitImage({ width: 2, height: 2, data: Float32Array.of(0, 0.05, 0, 0) })).toBeNull();
  });

  it('puts a square into the 20×20 box in the middle, wherever and however large it was', () => {
    for (const [size, left, top, side] of [
      [40, 10, 3, 20],
      [80, 0, 40, 40],
      [60, 49, 0, 10],
    ] as const) {
      const digit = toDigitImage(
        draw(size, size, (x, y) => x >= left && x < left + side && y >= top && y < top + side),
      );
      expect(digit).toHaveLength(DIGIT_SIZE ** 2);
      expect(total(digit)).toBeCloseTo(400, 3);
      expect([at(digit, 3, 14), at(digit, 4, 4), at(digit, 23, 23), at(digit, 24, 14)]).toEqual([0, 1, 1, 0]);
    }
  });

  it('keeps proportions: a bar stays as thin as it was drawn', () => {
    const digit = toDigitImage(draw(100, 100, (x, y) => x >= 45 && x < 55 && y < 100));
    // 100 pixels high become 20, so 10 wide become 2.
    expect(total(digit)).toBeCloseTo(40, 3);
    expect([at(digit, 12, 14), at(digit, 13, 14), at(digit, 14, 14), at(digit, 15, 14)]).toEqual([
      0, 1, 1, 0,
    ]);
  });

  it('centres by mass', () => {
    // A 20×20 L of two bars 4 wide: its mass lies at (80·2 + 64·12) / 144 = 6.44 from the left.
    const digit = toDigitImage(draw(20, 20, (x, y) => x < 4 || y >= 16));
    let massX = 0;
    let massY = 0;
    for (let y = 0; y < DIGIT_SIZE; y++) {
      for (let x = 0; x < DIGIT_SIZE; x++) {
        massX += at(digit, x, y) * (x + 0.5);
        massY += at(digit, x, y) * (y + 0.5);
      }
    }
    expect(massX / total(digit)).toBeCloseTo(14, 3);
    expect(massY / total(digit)).toBeCloseTo(14, 3);
  });

  it('keeps all ink in the field where the mass lies far off the middle', () => {
    const digit = toDigitImage(draw(20, 20, (x, y) => x === 0 || (x === 19 && y === 10)));
    expect(total(digit)).toBeCloseTo(21, 3);
    expect(at(digit, 27, 14)).toBeCloseTo(1, 1);
  });
});
