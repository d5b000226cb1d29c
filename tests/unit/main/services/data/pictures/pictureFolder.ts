import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { encode as encodePng } from 'fast-png';
import { createRandom, type Random } from '#main/engine/data/random.ts';
import { encodeJpeg } from './encodeJpeg.ts';

const SIZE = 24;

/** A disc or the outline of a square, of some colour somewhere on another: colours do not tell which it is. */
function drawShape(random: Random, shape: 'disc' | 'square'): Uint8Array {
  const colour = Array.from({ length: 3 }, () => 140 + 115 * random.uniform());
  const ground = Array.from({ length: 3 }, () => 90 * random.uniform());
  const radius = 5 + 4 * random.uniform();
  const place = () => radius + (SIZE - 2 * radius) * random.uniform();
  const [x, y] = [place(), place()];
  const data = new Uint8Array(SIZE * SIZE * 4);
  for (let pixel = 0; pixel < SIZE * SIZE; pixel += 1) {
    const right = (pixel % SIZE) + 0.5 - x;
    const down = Math.floor(pixel / SIZE) + 0.5 - y;
    const reach = Math.max(Math.abs(right), Math.abs(down));
    const inside =
      shape === 'disc'
        ? right * right + down * down <= radius * radius
        : reach <= radius && reach > radius - 2.5;
    data.set([...(inside ? colour : ground), 255], 4 * pixel);
  }
  return data;
}

/** A folder of discs and one of squares, every third picture a PNG. */
export async function writeShapes(folder: string, perClass: number, seed = 1): Promise<void> {
  const random = createRandom(seed, 'shapes');
  for (const shape of ['disc', 'square'] as const) {
    await mkdir(join(folder, shape), { recursive: true });
    for (let index = 0; index < perClass; index += 1) {
      const data = drawShape(random, shape);
      const picture = { width: SIZE, height: SIZE, data };
      const isPng = index % 3 === 0;
      const bytes = isPng ? encodePng({ ...picture, channels: 4 }) : await encodeJpeg(picture, 90);
      await writeFile(join(folder, shape, `${index}.${isPng ? 'png' : 'jpg'}`), bytes);
    }
  }
}

/** A picture of one grey, made of nothing but its size. */
export async function writePicture(path: string, width = 12, height = 8): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const data = new Uint8Array(width * height * 3).fill(120);
  await writeFile(path, encodePng({ width, height, data, channels: 3 }));
}
