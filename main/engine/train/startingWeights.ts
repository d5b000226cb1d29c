import { readFile, stat } from 'node:fs/promises';
import { engineFailure } from '#main/services/engineFailure.ts';
import { runFolder } from '#main/services/runFolder.ts';
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
  const shapes = new Map<string, string>(
    plan.nodes.flatMap((node) =>
      Object.entries(node.weightsPath === node.path ? node.weights : {}).map(
        ([name, { shape }]) => [`${node.path}/${name}`, formatShape(shape)] as const,
      ),
    ),
  );
  const weights = new Map(first);
  const taken: string[] = [];
  for (const [key, { shape, data }] of source) {
    if (shapes.get(key) !== formatShape(shape)) continue;
    weights.set(key, Float32Array.from(data));
    taken.push(key);
  }
  if (taken.length === 0) {
    throw new EngineError(engineFailure('invalid-graph', 'no-weight-fits', { path }));
  }
  const kept = new Set(taken);
  return {
    weights,
    report: {
      path,
      taken: taken.length,
      fresh: [...shapes.keys()].filter((key) => !kept.has(key)),
      left: [...source.keys()].filter((key) => !kept.has(key)),
    },
  };
}
