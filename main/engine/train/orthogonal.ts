import type { createRandom } from '../data/random.ts';

/**
 * Orthonormal rows or columns, whichever are fewer, of a matrix `[product of the other axes, last axis]`,
 * times `gain`: Gram and Schmidt over normal numbers (Saxe, McClelland and Ganguli 2014). A kernel
 * whose last axis is a whole multiple of the first (gates side by side) gets a matrix for each block.
 */
export function orthogonal(
  shape: readonly number[],
  gain: number,
  random: ReturnType<typeof createRandom>,
): Float32Array {
  const columns = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1).reduce((product, dim) => product * dim, 1);
  const blocks = columns > rows && columns % rows === 0 ? columns / rows : 1;
  const width = columns / blocks;
  const values = new Float32Array(rows * columns);
  for (let block = 0; block < blocks; block += 1) {
    const vectors = orthonormal(Math.min(rows, width), Math.max(rows, width), random);
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < width; column += 1) {
        const value = rows <= width ? vectors[row]?.[column] : vectors[column]?.[row];
        values[row * columns + block * width + column] = gain * (value ?? 0);
      }
    }
  }
  return values;
}

function orthonormal(count: number, length: number, random: ReturnType<typeof createRandom>): Float64Array[] {
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => random.normal());
    // Twice, for one pass leaves a rest where vectors are nearly parallel.
    for (const other of [...vectors, ...vectors]) {
      const dot = product(vector, other);
      for (let i = 0; i < length; i += 1) vector[i] = (vector[i] ?? 0) - dot * (other[i] ?? 0);
    }
    const norm = Math.sqrt(product(vector, vector));
    if (norm < 1e-6) continue;
    vectors.push(vector.map((value) => value / norm));
  }
  return vectors;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
