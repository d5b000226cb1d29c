import type { DatasetFacts } from '#shared/nodes/defineNode.ts';
import type { LookedSource } from '#shared/protocol/data.ts';
import type { Split } from '#shared/protocol/engine.ts';
import type { PackedValue, PortValue, Table } from './column.ts';

export type SourceValues = Readonly<Record<string, PortValue>>;
export type PackedValues = Readonly<Record<string, PackedValue>>;

/** An opened dataset: the samples of three splits, gathered into batches by index. */
export interface DataSource {
  readonly facts: DatasetFacts;
  /** Draw the training samples in a new order each epoch. */
  readonly shuffle: boolean;
  /** Of all samples as they are stored. */
  readonly bytes: number;
  /** All samples, where they are in memory: a session may keep a copy and be given row numbers. */
  readonly table?: Table;
  /** How training samples must be shuffled where only some of them are in memory at a time. */
  readonly blocks?: BlockLayout;
  /**
   * The samples `indices[start … start + size)` of a split, by output port. `into` may offer
   * arrays of an earlier batch to be filled again.
   */
  gather(request: GatherRequest): SourceValues | Promise<SourceValues>;
  /** The same as they are stored, for a session that decodes them; absent where the two do not differ. */
  pack?(request: GatherRequest): PackedValues | Promise<PackedValues>;
}

/** Samples lie in blocks of `rows`; `held` blocks are shuffled together. */
export interface BlockLayout {
  readonly rows: number;
  readonly held: number;
}

export interface GatherRequest {
  readonly split: Split;
  /** Null takes the samples in file order. */
  readonly indices: Uint32Array | null;
  readonly start: number;
  readonly size: number;
  /** Values of an earlier batch of the same size that nobody reads any more. */
  readonly into?: SourceValues;
}

/** For sources that take a while to be opened the first time. */
export interface Preparing {
  onProgress?(done: number, total: number): void;
  /** Asked now and then; where it is true, opening ends with `Interrupted`. */
  stopping?(): boolean;
}

/** Opening a source was given up because it was asked to stop. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export interface OpenOptions extends Preparing {
  readonly memoryBytes?: number;
  /** What was found at the path of a person's own data. */
  readonly looked?: LookedSource | undefined;
  /** Only some samples will be asked for, so nothing is prepared for all of them. */
  readonly fewSamples?: boolean;
}

export interface DataLoader {
  /**
   * Reads and checks the files; throws an EngineError with reason `data-unavailable`.
   * Samples that take more than `memoryBytes` stay in their files where the format allows it.
   */
  open(
    params: Readonly<Record<string, unknown>>,
    facts: DatasetFacts | undefined,
    options?: OpenOptions,
  ): Promise<DataSource>;
}
