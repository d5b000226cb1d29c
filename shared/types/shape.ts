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

/** The batch axis once the steps of each sample stand in it one after the other: a number, or `B·5`. */
export function foldSteps(batch: Dim, steps: Dim): Dim {
  return typeof batch === 'number' && typeof steps === 'number' ? batch * steps : `${batch}·${steps}`;
}

/** How many rows of a batch axis belong to one sample: 5 of `B·5`, 1 of `B`. */
export function rowsPerSample(batch: Dim | undefined): number {
  if (typeof batch !== 'string' || !batch.includes('·')) return 1;
  return batch
    .split('·')
    .map(Number)
    .reduce((rows, steps) => (Number.isFinite(steps) ? rows * steps : rows), 1);
}

/** Numbers of a tensor for one sample; sizes that only the data has count as one. */
export function leastNumbers(shape: Shape): number {
  return shape.reduce<number>(
    (product, dim) => product * (typeof dim === 'number' ? dim : rowsPerSample(dim)),
    1,
  );
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

/** An int32 tensor of the given shape. */
export function int32(shape: Shape): TensorType {
  return { type: 'tensor', dtype: 'int32', shape };
}

/** A tensor of truths of the given shape. */
export function bool(shape: Shape): TensorType {
  return { type: 'tensor', dtype: 'bool', shape };
}

/**
 * The shape of a result to which both are stretched, by NumPy's rule: aligned at the last axis, a
 * missing axis or one of size 1 fits every size. Undefined where they do not fit.
 */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const result: Dim[] = [];
  for (let axis = 1; axis <= rank; axis += 1) {
    const left = a.at(-axis) ?? 1;
    const right = b.at(-axis) ?? 1;
    if (axis > a.length || left === 1) result.unshift(right);
    else if (axis > b.length || right === 1 || left === right) result.unshift(left);
    else return undefined;
  }
  return result;
}
