import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { engineFailure } from '#main/services/engineFailure.ts';
import { EngineError } from '../failures.ts';
import { findDataFile } from './dataFile.ts';
import type { SourceValues } from './dataSource.ts';

const index = z.int().nonnegative();
const fileSchema = z.object({
  nodes: z.literal(2708),
  features: z.literal(1433),
  feature_indices: z.array(z.array(index)).length(2708),
  labels: z.array(index).length(2708),
  edges: z.array(z.tuple([index, index])).length(5278),
  train: z.array(index),
  val: z.array(index),
  test: z.array(index),
});
export type CoraFile = z.infer<typeof fileSchema>;

/** The citation graph as it lies in `data/cora.json.gz`. */
export async function readCora(): Promise<CoraFile> {
  const path = findDataFile({ packaged: 'cora.json.gz' });
  return readGraph(path, await readFile(path));
}

/** A batch is the whole graph and nothing else. */
export function requireWholeGraph(size: number): void {
  if (size !== 1) throw new EngineError(engineFailure('data-unavailable', 'whole-graph-batch', { size }));
}

/** Words of each paper as rows that sum to one. */
export function wordsOf({ nodes, features, feature_indices }: CoraFile): SourceValues[string] {
  const words = new Float32Array(nodes * features);
  for (const [paper, occurring] of feature_indices.entries()) {
    for (const word of occurring) words[paper * features + word] = 1 / occurring.length;
  }
  return { shape: [nodes, features], dtype: 'float32', data: words };
}

/** Edges as int32 `[2·E, 2]`, each in both directions. */
export function bothDirections(edges: CoraFile['edges']): SourceValues[string] {
  const data = Int32Array.from(edges.flatMap(([a, b]) => [a, b, b, a]));
  return { shape: [2 * edges.length, 2], dtype: 'int32', data };
}

function readGraph(path: string, bytes: Uint8Array): CoraFile {
  try {
    return fileSchema.parse(JSON.parse(gunzipSync(bytes).toString('utf8')));
  } catch (error) {
    throw new EngineError(engineFailure('data-unavailable', 'data-file-unusable', { path, why: 'reading' }), {
      cause: error,
    });
  }
}
