import { z } from 'zod';
import { formatShape, type TensorType } from '../types/portType.ts';
import type { NodeProblem } from './defineNode.ts';

const amount = z.int().min(0).max(4096);

/** Rows and columns at one side: top and left, or bottom and right; of a series only the second counts. */
export const borderParam = (fallback: readonly [number, number]) =>
  z.tuple([amount, amount]).default([...fallback]);

/** Before and after each axis between batch and channels, or the Problem that there are no such axes. */
export function bordersOf(
  x: TensorType,
  before: readonly [number, number],
  after: readonly [number, number],
): readonly (readonly [number, number])[] | { problem: NodeProblem } {
  const places = x.shape.slice(1, -1);
  if ((places.length !== 1 && places.length !== 2) || places.some((dim) => typeof dim !== 'number')) {
    return {
      problem: {
        code: 'needs-image-input',
        port: 'x',
        data: { expected: 'B×H×W×C', received: formatShape(x.shape) },
      },
    };
  }
  return bordersOfRank(x.shape.length, before, after);
}

export function bordersOfRank(
  rank: number,
  before: readonly [number, number],
  after: readonly [number, number],
): readonly (readonly [number, number])[] {
  const across = [before[1], after[1]] as const;
  return rank === 3 ? [across] : [[before[0], after[0]], across];
}
