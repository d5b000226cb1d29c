import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { engineFailure } from '#main/services/engineFailure.ts';
import type { Split } from '#shared/protocol/engine.ts';
import { EngineError } from '../failures.ts';
import { findDataFile } from './dataFile.ts';
import type { DataLoader, DataSource, SourceValues } from './dataSource.ts';
import { knownFacts } from './splitTable.ts';

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
type File = z.infer<typeof fileSchema>;

/** The citation graph in Planetoid's split; a batch is the whole graph with the mask of its split. */
export const coraLoader: DataLoader = {
  async open(params, given): Promise<DataSource> {
    const path = findDataFile({ packaged: 'cora.json.gz' });
    const file = readGraph(path, await readFile(path));
    const shared = graphValues(file);
    const masks: Record<Split, SourceValues[string]> = {
      train: maskOf(file, file.train),
      validation: maskOf(file, file.val),
      test: maskOf(file, file.test),
    };
    return {
      facts: knownFacts('cora', params, given),
      shuffle: false,
      bytes: Object.values(shared).reduce((sum, { data }) => sum + data.byteLength, 0),
      gather({ split, size }) {
        if (size !== 1) {
          throw new EngineError(engineFailure('data-unavailable', 'whole-graph-batch', { size }));
        }
        return { ...shared, mask: masks[split] };
      },
    };
  },
};

function readGraph(path: string, bytes: Uint8Array): File {
  try {
    return fileSchema.parse(JSON.parse(gunzipSync(bytes).toString('utf8')));
  } catch (error) {
    throw new EngineError(engineFailure('data-unavailable', 'data-file-unusable', { path, why: 'reading' }), {
      cause: error,
    });
  }
}

function graphValues({
  nodes,
  features,
  feature_indices,
  labels,
  edges,
}: File): Record<string, SourceValues[string]> {
  const words = new Float32Array(nodes * features);
  for (const [paper, occurring] of feature_indices.entries()) {
    for (const word of occurring) words[paper * features + word] = 1 / occurring.length;
  }
  const both = Int32Array.from(edges.flatMap(([a, b]) => [a, b, b, a]));
  return {
    features: { shape: [nodes, features], dtype: 'float32', data: words },
    edges: { shape: [2 * edges.length, 2], dtype: 'int32', data: both },
    labels: { shape: [nodes], dtype: 'int32', data: Int32Array.from(labels) },
  };
}

function maskOf({ nodes }: File, members: readonly number[]): SourceValues[string] {
  const data = new Float32Array(nodes);
  for (const member of members) data[member] = 1;
  return { shape: [nodes], dtype: 'float32', data };
}
