import { z } from 'zod';

const amount = z.int().min(0).max(4096);
const amounts = (fallback: readonly [number, number]) => z.tuple([amount, amount]).default([...fallback]);

/**
 * What stands at the sides of an image: rows and columns `before` (above and to the left) and `after` it, of a
 * series only the second. `depth` are the slices before and after a volume.
 */
export const borderParams = { before: amounts([1, 1]), after: amounts([1, 1]), depth: amounts([0, 0]) };

export const borderTexts = {
  before: { label: 'Before', help: 'Rows above and columns to the left; of a series only the second.' },
  after: { label: 'After', help: 'Rows below and columns to the right; of a series only the second.' },
  depth: { label: 'Depth', help: 'Slices in front and behind; of volumes only.' },
} as const;

type Sides = z.infer<z.ZodObject<typeof borderParams>>;
type Border = readonly [before: number, after: number];

/** Before and after each axis between batch and channels of a tensor with `rank` axes. */
export function bordersOf(rank: number, { before, after, depth }: Sides): readonly Border[] {
  const borders: Border[] = [depth, [before[0], after[0]], [before[1], after[1]]];
  return borders.slice(5 - rank);
}

/** The card's lines, with what else there is to say. */
export const borderSummary = ({ before, after, depth }: Sides, rest: readonly string[] = []): string[] => {
  const deep = depth.some((count) => count > 0) ? [`depth ${depth.join('+')}`] : [];
  const second = [...deep, ...rest].join(' · ');
  return [`${before.join('×')} before · ${after.join('×')} after`, ...(second === '' ? [] : [second])];
};
