import { formatShape } from '../types/portType.ts';
import type { Plan } from './plan.ts';

/** Weights of a network by `<path>/<weight>`, with their shapes as text: those that nodes share once. */
export function weightShapes(plan: Plan): ReadonlyMap<string, string> {
  return new Map(
    plan.nodes.flatMap((node) =>
      Object.entries(node.weightsPath === node.path ? node.weights : {}).map(
        ([name, { shape }]) => [`${node.path}/${name}`, formatShape(shape)] as const,
      ),
    ),
  );
}

export interface FittingWeights {
  /** Of the same name and shape in both. */
  readonly taken: readonly string[];
  /** That the source has not, or of another shape. */
  readonly fresh: readonly string[];
  /** Of the source, without a place here. */
  readonly left: readonly string[];
}

/** Which weights a run takes over that starts from those of another, by name and shape. */
export function fittingWeights(
  wanted: ReadonlyMap<string, string>,
  source: ReadonlyMap<string, string>,
): FittingWeights {
  const fits = (key: string): boolean => source.has(key) && source.get(key) === wanted.get(key);
  return {
    taken: [...source.keys()].filter(fits),
    fresh: [...wanted.keys()].filter((key) => !fits(key)),
    left: [...source.keys()].filter((key) => !fits(key)),
  };
}
