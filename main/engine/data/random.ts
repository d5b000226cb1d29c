import { z } from 'zod';

/**
 * The generator behind initial weights and data order: xoshiro128** (Blackman and Vigna 2018),
 * its four words drawn by splitmix32 from `seed` xor the FNV-1a hash of the stream's name.
 * The same seed and name give the same numbers on every platform; two names are independent.
 */
export const randomStateSchema = z.tuple([
  z.int().min(0).max(0xffffffff),
  z.int().min(0).max(0xffffffff),
  z.int().min(0).max(0xffffffff),
  z.int().min(0).max(0xffffffff),
]);
/** The four words: plain JSON, put back by `resumeRandom`. */
export type RandomState = z.infer<typeof randomStateSchema>;

export interface Random {
  /** Uniform over the integers [0, 2³²). */
  uint32(): number;
  /** Uniform over [0, 1), 24 bits: exact in float32. */
  uniform(): number;
  /** Standard normal, by Box and Muller's transform. */
  normal(): number;
  /** Uniform over the integers [0, bound), without bias. */
  below(bound: number): number;
  state(): RandomState;
}

export function createRandom(seed: number, stream: string): Random {
  let mixed = (seed ^ hashText(stream)) >>> 0;
  const word = () => {
    mixed = (mixed + 0x9e3779b9) >>> 0;
    let z = mixed;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  return resumeRandom([word(), word(), word(), word()]);
}

export function resumeRandom(state: RandomState): Random {
  let [a, b, c, d] = state;
  // All zeros is the one state the generator never leaves.
  if ((a | b | c | d) === 0) d = 1;

  const uint32 = () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const uniform = () => (uint32() >>> 8) / 16_777_216;
  return {
    uint32,
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    below(bound) {
      const limit = 0x1_0000_0000 - (0x1_0000_0000 % bound);
      let value = uint32();
      while (value >= limit) value = uint32();
      return value % bound;
    },
    state: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0],
  };
}

/** The numbers 0 … count − 1 in random order (Fisher and Yates). */
export function randomOrder(random: Random, count: number): Uint32Array {
  const order = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) order[index] = index;
  shuffle(random, order);
  return order;
}

/**
 * The numbers 0 … count − 1 in an order that needs only `held` blocks of `rows` at a time: the
 * blocks are shuffled, and of each window of `held` blocks all numbers. With one window it is as
 * random as `randomOrder`.
 */
export function randomBlockOrder(
  random: Random,
  count: number,
  { rows, held }: { readonly rows: number; readonly held: number },
): Uint32Array {
  const blocks = randomOrder(random, Math.ceil(count / rows));
  const order = new Uint32Array(count);
  let filled = 0;
  for (let window = 0; window < blocks.length; window += held) {
    const start = filled;
    for (const block of blocks.subarray(window, window + held)) {
      const end = Math.min((block + 1) * rows, count);
      for (let index = block * rows; index < end; index += 1) order[filled++] = index;
    }
    shuffle(random, order.subarray(start, filled));
  }
  return order;
}

function shuffle(random: Random, order: Uint32Array): void {
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    const value = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = value;
  }
}

/** 32-bit FNV-1a of a text: one random stream per name. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
