import type { Dim, Shape, TensorType } from './portType.ts';

/** Two dimensions agree when they are the same number or the same symbol. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis]);
}

/** Product of the dimensions, or undefined where one of them is symbolic. */
export function dimProduct(dims: Shape): number | undefined {
  let product = 1;
  for (const dim of dims) {
    if (typeof dim !== 'number') return undefined;
    product *= dim;
  }
  return product;
}

/** Numbers in one sample: all axes but the first; undefined where one of those is symbolic. */
export function sampleSize(shape: Shape): number | undefined {
  return dimProduct(shape.slice(1));
}

/**
 * Positions of a sliding window along one axis, by TensorFlow's rules: `same` gives
 * ceil(size / stride), `valid` ceil((size − window + 1) / stride), which is below one where the
 * window does not fit.
 */
export function windowPositions(
  size: number,
  window: number,
  stride: number,
  padding: 'same' | 'valid',
): number {
  return Math.ceil((padding === 'same' ? size : size - window + 1) / stride);
}

/** A float32 tensor of the given shape. */
export function float32(shape: Shape): TensorType {
  return { type: 'tensor', dtype: 'float32', shape };
}

/** The same shape with another last dimension. */
export function withLast(shape: Shape, last: Dim): Shape {
  return [...shape.slice(0, -1), last];
}

/** An axis counted from the end becomes one counted from the front. */
export function normalizeAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
