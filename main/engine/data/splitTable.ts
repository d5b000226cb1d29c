import type { DatasetFacts } from '#shared/nodes/defineNode.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import type { DataSource } from './dataSource.ts';
import { createTableSource } from './table.ts';

type Column = Parameters<typeof createTableSource>[2]['columns'][string];

/** What the node of this kind says of its data, where a caller has not looked already. */
export function knownFacts(
  kind: string,
  params: Readonly<Record<string, unknown>>,
  given: DatasetFacts | undefined,
): DatasetFacts {
  const definition = findNodeDefinition(kind);
  const facts = given ?? (definition?.role === 'dataset' ? definition.knownFacts?.(params) : undefined);
  if (!facts) throw new Error(`nothing is known of the data of ${kind}`);
  return facts;
}

/** A data set in memory whose columns hold the training samples, then those for validation, then the test's. */
export function splitTable(
  facts: DatasetFacts,
  shuffle: boolean,
  columns: Readonly<Record<string, Column>>,
): DataSource {
  const { train, validation, test } = facts.splits;
  return createTableSource(facts, shuffle, {
    columns,
    firstRow: { train: 0, validation: train, test: train + validation },
    rows: train + validation + test,
  });
}

/** Columns of int32 numbers and of float32 ones, by the shape of a sample. */
export const wholeNumbers = (shape: readonly number[], data: Int32Array | Uint8Array): Column => ({
  format: { stored: data instanceof Uint8Array ? 'uint8' : 'int32', dtype: 'int32', divisor: 1, shape },
  data,
});
export const realNumbers = (shape: readonly number[], data: Float32Array): Column => ({
  format: { stored: 'float32', dtype: 'float32', divisor: 1, shape },
  data,
});
