import type { Split } from '#shared/protocol/engine.ts';
import { bothDirections, type CoraFile, readCora, requireWholeGraph, wordsOf } from './coraFile.ts';
import type { DataLoader, DataSource, SourceValues } from './dataSource.ts';
import { knownFacts } from './splitTable.ts';

/** The citation graph in Planetoid's split; a batch is the whole graph with the mask of its split. */
export const coraLoader: DataLoader = {
  async open(params, given): Promise<DataSource> {
    const file = await readCora();
    const shared: Record<string, SourceValues[string]> = {
      features: wordsOf(file),
      edges: bothDirections(file.edges),
      labels: { shape: [file.nodes], dtype: 'int32', data: Int32Array.from(file.labels) },
    };
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
        requireWholeGraph(size);
        return { ...shared, mask: masks[split] };
      },
    };
  },
};

function maskOf({ nodes }: CoraFile, members: readonly number[]): SourceValues[string] {
  const data = new Float32Array(nodes);
  for (const member of members) data[member] = 1;
  return { shape: [nodes], dtype: 'float32', data };
}
