import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { CommandError } from '#main/cli/commandError.ts';
import { isPng, readPng } from '#main/cli/pngInput.ts';
import type { TensorType } from '#shared/types/portType.ts';

const ports: Record<string, TensorType> = {
  image: { type: 'tensor', dtype: 'float32', shape: ['B', 28, 28, 1] },
};

/** A thick vertical stroke somewhere left of the middle. */
function picture(options: { side: number; paper: number; ink: number; channels: 1 | 2 | 3 | 4 }): Uint8Array {
  const { side, paper, ink, channels } = options;
  const data = new Uint8Array(side * side * channels);
  for (let pixel = 0; pixel < side * side; pixel += 1) {
    const [x, y] = [(pixel % side) / side, Math.floor(pixel / side) / side];
    const inked = x > 0.3 && x < 0.4 && y > 0.2 && y < 0.8;
    data.fill(inked ? ink : paper, pixel * channels, (pixel + 1) * channels);
    // Transparent paper; its colour does not count.
    if (channels === 2 || channels === 4) data[(pixel + 1) * channels - 1] = inked ? 255 : 0;
  }
  return encode({ width: side, height: side, data, channels, depth: 8 });
}

const read = async (bytes: Uint8Array) =>
  (await readPng(bytes, 'digit.png', ports)).image?.data ?? new Float32Array();

async function complaint(bytes: Uint8Array, given = ports): Promise<string> {
  try {
    await readPng(bytes, 'digit.png', given);
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a PNG', () => {
  it('is known by its first bytes', () => {
    expect(isPng(picture({ side: 28, paper: 0, ink: 255, channels: 1 }))).toBe(true);
    expect(isPng(Buffer.from('[0, 1]'))).toBe(false);
  });

  it('of dark ink on light paper is the same sample as of light ink on dark', async () => {
    const wanted = await read(picture({ side: 112, paper: 0, ink: 255, channels: 1 }));
    expect(Math.max(...wanted)).toBeCloseTo(1);
    expect(wanted[0]).toBe(0);
    expect(await read(picture({ side: 112, paper: 255, ink: 0, channels: 1 }))).toEqual(wanted);
    const coloured = await read(picture({ side: 112, paper: 255, ink: 0, channels: 3 }));
    const transparent = await read(picture({ side: 112, paper: 0, ink: 0, channels: 4 }));
    for (const [index, value] of wanted.entries()) {
      expect(coloured[index]).toBeCloseTo(value, 5);
      expect(transparent[index]).toBeCloseTo(value, 5);
    }
  });

  it('of another size is scaled into the box of the training images', async () => {
    const image = await read(picture({ side: 200, paper: 255, ink: 0, channels: 1 }));
    const rows = Array.from({ length: 28 }, (_, y) => Math.max(...image.subarray(y * 28, y * 28 + 28)));
    expect(rows.filter((most) => most > 0.5)).toHaveLength(20);
  });

  it('of two bits a pixel is read like one of eight', async () => {
    // Two grey values in a byte's four places each: 0, 1, 2, 3 of at most 3.
    const packed = encode({
      width: 28,
      height: 28,
      channels: 1,
      depth: 2,
      data: new Uint8Array(28 * 7).fill(0b00000011),
    });
    const image = await read(packed);
    expect([...image.slice(0, 4)]).toEqual([0, 0, 0, 1]);
  });

  it('of 28×28 is taken as it is', async () => {
    const image = await read(picture({ side: 28, paper: 0, ink: 255, channels: 1 }));
    expect(image[14 * 28 + 10]).toBe(1);
    expect(image[14 * 28 + 14]).toBe(0);
  });

  it('is refused by its header where it is too large, before memory is taken', async () => {
    const bytes = picture({ side: 28, paper: 0, ink: 255, channels: 1 });
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(16, 2 ** 31 - 1);
    expect(await complaint(bytes)).toContain('2147483647×28');
  });

  it('that is cut off, damaged or empty is refused by name', async () => {
    const bytes = picture({ side: 60, paper: 0, ink: 255, channels: 1 });
    expect(await complaint(bytes.subarray(0, 20))).toContain('digit.png is cut off');
    expect(await complaint(bytes.subarray(0, bytes.length - 30))).toContain('digit.png cannot be read');
    expect(await complaint(picture({ side: 60, paper: 0, ink: 0, channels: 1 }))).toContain('empty');
    expect(
      await complaint(bytes, { image: { type: 'tensor', dtype: 'float32', shape: ['B', 32, 32, 3] } }),
    ).toMatch(/28×28.*32×32×3/);
  });
});
