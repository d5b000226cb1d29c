import { z } from 'zod';
import type { DataLoader } from './dataSource.ts';
import { createRandom, type Random } from './random.ts';
import { knownFacts, realNumbers, splitTable, wholeNumbers } from './splitTable.ts';

const paramsSchema = z.looseObject({ samples: z.int(), seed: z.int() });
const SIZE = 48;
const GRID = 6;
const CELL = SIZE / GRID;

interface Shape {
  readonly kind: 1 | 2 | 3;
  readonly x: number;
  readonly y: number;
  /** Half its width. */
  readonly radius: number;
  readonly colour: readonly number[];
}

/** Whether a pixel's middle lies in the shape: a disc, an upright square, a triangle that points up. */
function covers({ kind, x, y, radius }: Shape, column: number, row: number): boolean {
  const right = column + 0.5 - x;
  const down = row + 0.5 - y;
  if (kind === 1) return right * right + down * down <= radius * radius;
  if (Math.abs(down) > radius) return false;
  return Math.abs(right) <= (kind === 2 ? radius : (down + radius) / 2);
}

function drawShapes(random: Random, ground: readonly number[]): Shape[] {
  const wanted = 1 + random.below(3);
  const shapes: Shape[] = [];
  for (let attempt = 0; attempt < 60 && shapes.length < wanted; attempt += 1) {
    const radius = 5 + 5 * random.uniform();
    const place = () => radius + 1 + (SIZE - 2 * radius - 2) * random.uniform();
    const colour = [random.uniform(), random.uniform(), random.uniform()];
    const shape: Shape = {
      kind: ([1, 2, 3] as const)[random.below(3)] ?? 1,
      x: place(),
      y: place(),
      radius,
      colour,
    };
    const apart = shapes.every(
      (other) =>
        Math.max(Math.abs(other.x - shape.x), Math.abs(other.y - shape.y)) > other.radius + shape.radius + 1,
    );
    const seen = colour.reduce((sum, part, at) => sum + Math.abs(part - (ground[at] ?? 0)), 0) > 0.6;
    if (apart && seen) shapes.push(shape);
  }
  return shapes;
}

/** Pictures drawn from the seed: noise of deviation 0.05 lies over ground and shapes. */
export const shapeScenesLoader: DataLoader = {
  async open(params, given) {
    const { seed } = paramsSchema.parse(params);
    const facts = knownFacts('shape-scenes', params, given);
    const { train, validation, test } = facts.splits;
    const count = train + validation + test;
    const random = createRandom(seed, 'shape-scenes');
    const image = new Uint8Array(count * SIZE * SIZE * 3);
    const pixels = new Uint8Array(count * SIZE * SIZE);
    const cells = new Uint8Array(count * GRID * GRID);
    const boxes = new Float32Array(count * GRID * GRID * 4);
    for (let scene = 0; scene < count; scene += 1) {
      const ground = [random.uniform(), random.uniform(), random.uniform()];
      const shapes = drawShapes(random, ground);
      for (let pixel = 0; pixel < SIZE * SIZE; pixel += 1) {
        const column = pixel % SIZE;
        const row = Math.floor(pixel / SIZE);
        const shape = shapes.find((candidate) => covers(candidate, column, row));
        const at = scene * SIZE * SIZE + pixel;
        pixels[at] = shape?.kind ?? 0;
        for (let part = 0; part < 3; part += 1) {
          const value = (shape?.colour ?? ground)[part] ?? 0;
          image[3 * at + part] = Math.min(
            255,
            Math.max(0, Math.round(255 * (value + 0.05 * random.normal()))),
          );
        }
      }
      for (const { kind, x, y, radius } of shapes) {
        const column = Math.floor(x / CELL);
        const row = Math.floor(y / CELL);
        const cell = scene * GRID * GRID + row * GRID + column;
        cells[cell] = kind;
        const box = [x / CELL - column - 0.5, y / CELL - row - 0.5, (2 * radius) / SIZE, (2 * radius) / SIZE];
        boxes.set(box, 4 * cell);
      }
    }
    return splitTable(facts, true, {
      image: {
        format: { stored: 'uint8', dtype: 'float32', divisor: 255, shape: [SIZE, SIZE, 3] },
        data: image,
      },
      pixels: wholeNumbers([SIZE, SIZE], pixels),
      cells: wholeNumbers([GRID, GRID], cells),
      boxes: realNumbers([GRID, GRID, 4], boxes),
    });
  },
};
