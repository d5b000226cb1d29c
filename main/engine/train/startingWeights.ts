import { readFile, stat } from 'node:fs/promises';
import { engineFailure } from '#main/services/engineFailure.ts';
import { runFolder } from '#main/services/runFolder.ts';
import { fittingWeights, weightShapes } from '#shared/compile/fittingWeights.ts';
import type { Plan } from '#shared/compile/plan.ts';
import type { StartedFrom, TensorValue } from '#shared/protocol/run.ts';
import { formatShape } from '#shared/types/portType.ts';
import { decodeSafetensors } from '../exports/safetensors.ts';
import { EngineError } from '../failures.ts';
import { readNewestCheckpoint } from './checkpoints.ts';

type Weights = ReadonlyMap<string, Pick<TensorValue, 'shape' | 'data'>>;

/** Trained weights of another run (its folder), or of a safetensors file, by `<path>/<weight>`. */
export async function readWeights(path: string): Promise<Weights> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => undefined,
  );
  if (isFolder) {
    const checkpoint = await readNewestCheckpoint(runFolder.checkpoints(path));
    if (!checkpoint) throw new EngineError(engineFailure('storage', 'no-weights-to-start-from', { path }));
    return new Map([...checkpoint.session.tensors].filter(([, { role }]) => role !== 'slot'));
  }
  try {
    return decodeSafetensors(await readFile(path)).tensors;
  } catch (error) {
    throw new EngineError(engineFailure('storage', 'no-weights-to-start-from', { path }), { cause: error });
  }
}

/**
 * Puts the weights of `source` in place of the first ones wherever name and shape are the same, and says which
 * were and which were not.
 * @throws EngineError where none fits.
 */
export function startFrom(
  plan: Plan,
  first: ReadonlyMap<string, Float32Array>,
  source: Weights,
  path: string,
): { weights: Map<string, Float32Array>; report: StartedFrom } {
  const shapes = new Map([...source].map(([key, { shape }]) => [key, formatShape(shape)] as const));
  const { taken, fresh, left } = fittingWeights(weightShapes(plan), shapes);
  if (taken.length === 0) {
    throw new EngineError(engineFailure('invalid-graph', 'no-weight-fits', { path }));
  }
  const weights = new Map(first);
  for (const key of taken) {
    const found = source.get(key);
    if (found) weights.set(key, Float32Array.from(found.data));
  }
  return { weights, report: { path, taken: taken.length, fresh: [...fresh], left: [...left] } };
}
