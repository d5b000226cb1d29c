import type { DatasetFacts } from '#shared/nodes/defineNode.ts';
import type { Split } from '#shared/protocol/engine.ts';
import {
  allocate,
  type ColumnFormat,
  type PackedValue,
  type StoredValues,
  sampleBytes,
  sampleLength,
  viewOf,
} from './column.ts';
import type { BlockLayout, DataSource, GatherRequest, PackedValues, SourceValues } from './dataSource.ts';
import { readBytes } from './idx.ts';
import { ReadQueue } from './readQueue.ts';
import { bytesOf, decodeAll, rowsOf } from './table.ts';

/** Consecutive samples of a column: in a file of numbers of fixed size, or small enough to be in memory. */
export type BlockPart =
  | { readonly rows: number; readonly path: string; readonly offset: number }
  | { readonly rows: number; readonly data: StoredValues };

export interface BlockColumn {
  readonly format: ColumnFormat;
  readonly parts: readonly BlockPart[];
}

export interface BlockSourceOptions {
  readonly facts: DatasetFacts;
  readonly shuffle: boolean;
  readonly columns: Readonly<Record<string, BlockColumn>>;
  readonly firstRow: Readonly<Record<Split, number>>;
  readonly rows: number;
  /** Bytes of samples that may be in memory at a time. */
  readonly memoryBytes: number;
}

type Block = Readonly<Record<string, StoredValues>>;

const LARGEST_BLOCK_BYTES = 1 << 20;
const READS_AT_A_TIME = 2;

/** Block size and shuffling for a memory budget: half of it holds what is shuffled, half what comes next. */
export function blockLayout(rowBytes: number, memoryBytes: number): BlockLayout & { capacity: number } {
  const rows = Math.max(1, Math.floor(Math.min(LARGEST_BLOCK_BYTES, memoryBytes / 16) / rowBytes));
  const capacity = Math.max(4, Math.floor(memoryBytes / (rows * rowBytes)));
  // A split may begin within a block, so that its windows reach into one block more.
  return { rows, capacity, held: Math.max(1, Math.floor(capacity / 2) - 1) };
}

/**
 * A data set larger than the memory it may take: samples are read block by block when a batch
 * needs them, and those of the next window ahead of time.
 */
export class BlockSource implements DataSource {
  readonly facts: DatasetFacts;
  readonly shuffle: boolean;
  readonly bytes: number;
  readonly blocks: BlockLayout;
  readonly #options: BlockSourceOptions;
  readonly #capacity: number;
  readonly #queue = new ReadQueue(READS_AT_A_TIME);
  /** Least recently used first. */
  readonly #cache = new Map<number, Promise<Block>>();

  constructor(options: BlockSourceOptions) {
    const formats = Object.values(options.columns).map(({ format }) => format);
    const { rows, held, capacity } = blockLayout(bytesOf(formats, 1), options.memoryBytes);
    this.#options = options;
    this.#capacity = capacity;
    this.facts = options.facts;
    this.shuffle = options.shuffle;
    this.bytes = bytesOf(formats, options.rows);
    this.blocks = { rows, held };
  }

  async gather(request: GatherRequest): Promise<SourceValues> {
    return decodeAll(await this.pack(request), request);
  }

  async pack(request: GatherRequest): Promise<PackedValues> {
    const rows = rowsOf(this.#options, request);
    const numbers = new Set<number>();
    for (const row of rows) numbers.add(Math.floor(row / this.blocks.rows));
    const loading = [...numbers].map(async (number) => [number, await this.#block(number, true)] as const);
    this.#readAhead(request);
    const blocks = new Map(await Promise.all(loading));
    const packed: Record<string, PackedValue> = {};
    for (const [port, { format }] of Object.entries(this.#options.columns)) {
      packed[port] = { format, data: this.#copyRows(port, format, rows, blocks) };
    }
    return packed;
  }

  #copyRows(port: string, format: ColumnFormat, rows: Int32Array, blocks: ReadonlyMap<number, Block>) {
    const length = sampleLength(format);
    const values = allocate(format, rows.length);
    for (const [at, row] of rows.entries()) {
      const number = Math.floor(row / this.blocks.rows);
      const block = blocks.get(number)?.[port];
      if (!block) throw new Error(`block ${number} has no ${port}`);
      const from = (row - number * this.blocks.rows) * length;
      values.set(block.subarray(from, from + length), at * length);
    }
    return values;
  }

  /** The blocks that this batch's like in the next window will need. */
  #readAhead(request: GatherRequest): void {
    const count = request.indices?.length ?? this.facts.splits[request.split];
    const start = request.start + this.blocks.rows * this.blocks.held;
    const size = Math.min(request.size, count - start);
    if (size <= 0) return;
    for (const row of rowsOf(this.#options, { ...request, start, size })) {
      // A read that fails shows when its samples are asked for.
      this.#block(Math.floor(row / this.blocks.rows), false).catch(() => undefined);
    }
  }

  #block(number: number, urgent: boolean): Promise<Block> {
    const known = this.#cache.get(number);
    if (known) {
      this.#cache.delete(number);
      this.#cache.set(number, known);
      return known;
    }
    const loading = this.#queue.run(() => this.#read(number), urgent);
    this.#cache.set(number, loading);
    loading.catch(() => this.#cache.delete(number));
    for (const oldest of this.#cache.keys()) {
      if (this.#cache.size <= this.#capacity) break;
      this.#cache.delete(oldest);
    }
    return loading;
  }

  async #read(number: number): Promise<Block> {
    const first = number * this.blocks.rows;
    const end = Math.min(first + this.blocks.rows, this.#options.rows);
    const block: Record<string, StoredValues> = {};
    for (const [port, column] of Object.entries(this.#options.columns)) {
      block[port] = await readRows(column, first, end);
    }
    return block;
  }
}

async function readRows({ format, parts }: BlockColumn, first: number, end: number): Promise<StoredValues> {
  const rowBytes = sampleBytes(format);
  const bytes = new Uint8Array((end - first) * rowBytes);
  let partFirst = 0;
  for (const part of parts) {
    const from = Math.max(first, partFirst);
    const to = Math.min(end, partFirst + part.rows);
    if (from < to) {
      const target = bytes.subarray((from - first) * rowBytes, (to - first) * rowBytes);
      const offset = (from - partFirst) * rowBytes;
      if ('data' in part) {
        target.set(new Uint8Array(part.data.buffer, part.data.byteOffset + offset, target.length));
      } else {
        await readBytes(part.path, target, part.offset + offset);
      }
    }
    partFirst += part.rows;
  }
  return viewOf(format, bytes);
}
