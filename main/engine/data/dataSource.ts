import type { DatasetFacts } from '#shared/nodes/defineNode.ts';
import type { Split } from '#shared/protocol/engine.ts';
import type { BatchValue } from '../runtime.ts';

/** An opened dataset: the samples of three splits, gathered into batches by index. */
export interface DataSource {
  readonly facts: DatasetFacts;
  /** Draw the training samples in a new order each epoch. */
  readonly shuffle: boolean;
  readonly bytes: number;
  /**
   * The samples `indices[start … start + size)` of a split, by output port. `into` may offer
   * arrays of an earlier batch to be filled again.
   */
  gather(request: GatherRequest): Readonly<Record<string, BatchValue>>;
}

export interface GatherRequest {
  readonly split: Split;
  /** Null takes the samples in file order. */
  readonly indices: Uint32Array | null;
  readonly start: number;
  readonly size: number;
  /** Values of an earlier batch of the same size that nobody reads any more. */
  readonly into?: Readonly<Record<string, BatchValue>>;
}

export interface DataLoader {
  /** Reads and checks the files; throws an EngineError with reason `data-unavailable`. */
  open(params: Readonly<Record<string, unknown>>, facts: DatasetFacts | undefined): Promise<DataSource>;
}
