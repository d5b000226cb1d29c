import type { DatasetFacts } from '#shared/nodes/defineNode.ts';
import type { Split } from '#shared/protocol/engine.ts';
import {
  allocate,
  type Column,
  type ColumnFormat,
  decode,
  type PackedValue,
  reusable,
  sampleBytes,
  sampleLength,
  type Table,
} from './column.ts';
import type { DataSource, GatherRequest, PackedValues, SourceValues } from './dataSource.ts';

export interface RowRange {
  readonly facts: DatasetFacts;
  readonly firstRow: Readonly<Record<Split, number>>;
}

/** Row numbers of a batch; throws for a sample that the split does not have. */
export function rowsOf({ facts, firstRow }: RowRange, request: GatherRequest): Int32Array {
  const { split, indices, start, size } = request;
  const first = firstRow[split];
  const count = facts.splits[split];
  const rows = new Int32Array(size);
  for (let at = 0; at < size; at += 1) {
    const index = indices ? indices[start + at] : start + at;
    if (index === undefined || index >= count) throw new Error(`there is no sample ${index} in ${split}`);
    rows[at] = first + index;
  }
  return rows;
}

export const bytesOf = (formats: readonly ColumnFormat[], rows: number): number =>
  formats.reduce((bytes, format) => bytes + rows * sampleBytes(format), 0);

/** A data set that is in memory as a whole. */
export function createTableSource(
  facts: DatasetFacts,
  shuffle: boolean,
  table: Table,
): DataSource & {
  gather(request: GatherRequest): SourceValues;
  pack(request: GatherRequest): PackedValues;
} {
  const columns = Object.entries(table.columns);
  for (const [port, { format, data }] of columns) {
    const expected = table.rows * sampleLength(format);
    if (data.length !== expected)
      throw new Error(`${port} has ${data.length} numbers instead of ${expected}`);
  }
  const range = { facts, firstRow: table.firstRow };
  const pack = (request: GatherRequest): PackedValues => {
    const rows = rowsOf(range, request);
    const packed: Record<string, PackedValue> = {};
    for (const [port, column] of columns) packed[port] = packRows(column, rows);
    return packed;
  };
  return {
    facts,
    shuffle,
    bytes: bytesOf(
      columns.map(([, { format }]) => format),
      table.rows,
    ),
    table,
    pack,
    gather: (request) => decodeAll(pack(request), request),
  };
}

export function decodeAll(packed: PackedValues, { size, into }: GatherRequest): SourceValues {
  return Object.fromEntries(
    Object.entries(packed).map(([port, value]) => [
      port,
      decode(value, size, reusable(into?.[port], value.format, size)),
    ]),
  );
}

function packRows({ format, data }: Column, rows: Int32Array): PackedValue {
  const length = sampleLength(format);
  const values = allocate(format, rows.length);
  for (const [at, row] of rows.entries()) {
    if (length === 1) values[at] = data[row] as number;
    else values.set(data.subarray(row * length, (row + 1) * length), at * length);
  }
  return { format, data: values };
}
