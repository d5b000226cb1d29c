/**
 * A drawing brought into MNIST's form: LeCun et al. 1998 scaled each digit to fit a 20×20 box,
 * keeping its proportions, and placed its centre of mass at the centre of a 28×28 field.
 */
export const DIGIT_SIZE = 28;
const BOX = 20;

export interface GrayImage {
  readonly width: number;
  readonly height: number;
  /** Row by row, 0 (paper) to 1 (ink). */
  readonly data: Float32Array;
}

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Ink below this is paper: what antialiasing leaves at an edge must not widen the box. */
const INK = 0.1;

function inkBounds({ width, height, data }: GrayImage): Bounds | null {
  let left = width;
  let top = height;
  let right = 0;
  let bottom = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((data[y * width + x] ?? 0) < INK) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  return right > left ? { left, top, right, bottom } : null;
}

/** Mean ink of the area [x0, x1)×[y0, y1), edges counted by the part of a pixel they cover. */
function areaMean(image: GrayImage, x0: number, y0: number, x1: number, y1: number): number {
  let sum = 0;
  for (let y = Math.max(0, Math.floor(y0)); y < Math.min(image.height, y1); y++) {
    const rows = Math.min(y + 1, y1) - Math.max(y, y0);
    for (let x = Math.max(0, Math.floor(x0)); x < Math.min(image.width, x1); x++) {
      const columns = Math.min(x + 1, x1) - Math.max(x, x0);
      sum += (image.data[y * image.width + x] ?? 0) * rows * columns;
    }
  }
  return sum / ((x1 - x0) * (y1 - y0));
}

/** [28, 28] row by row, values 0 to 1; null where nothing has been drawn. */
export function toDigitImage(image: GrayImage): Float32Array<ArrayBuffer> | null {
  const bounds = inkBounds(image);
  if (!bounds) return null;
  const scale = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top) / BOX;

  // Centre of mass of the ink, in the drawing's pixels.
  let mass = 0;
  let massX = 0;
  let massY = 0;
  for (let y = bounds.top; y < bounds.bottom; y++) {
    for (let x = bounds.left; x < bounds.right; x++) {
      const ink = image.data[y * image.width + x] ?? 0;
      mass += ink;
      massX += ink * (x + 0.5);
      massY += ink * (y + 0.5);
    }
  }
  // A very lopsided digit would leave the field if only its mass counted: its box stays inside.
  const within = (centre: number, low: number, high: number): number => {
    const half = (DIGIT_SIZE / 2) * scale;
    return Math.min(Math.max(centre, high - half), low + half);
  };
  const centreX = within(massX / mass, bounds.left, bounds.right);
  const centreY = within(massY / mass, bounds.top, bounds.bottom);
  const left = centreX - (DIGIT_SIZE / 2) * scale;
  const top = centreY - (DIGIT_SIZE / 2) * scale;

  const digit = new Float32Array(DIGIT_SIZE * DIGIT_SIZE);
  for (let row = 0; row < DIGIT_SIZE; row++) {
    for (let column = 0; column < DIGIT_SIZE; column++) {
      const x = left + column * scale;
      const y = top + row * scale;
      digit[row * DIGIT_SIZE + column] = areaMean(image, x, y, x + scale, y + scale);
    }
  }
  return digit;
}
