import type { AddedOperation, GraphBuilder } from './graphBuilder.ts';

/** Where a program's weights come from: variables of a session, or numbers written into an export. */
export interface WeightSource {
  shape(key: string): readonly number[];
  /** Adds the operation that gives a weight's value. */
  read(graph: GraphBuilder, key: string): AddedOperation;
}
