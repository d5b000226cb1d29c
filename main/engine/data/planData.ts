import { engineFailure } from '#main/services/engineFailure.ts';
import type { Plan, PlanDataset } from '#shared/compile/plan.ts';
import type { LookedSources } from '#shared/protocol/data.ts';
import type { Split } from '#shared/protocol/engine.ts';
import { EngineError } from '../failures.ts';
import type { Batch, BatchValue, ResidentTables } from '../runtime.ts';
import type { PackedValue, Table } from './column.ts';
import type { BlockLayout, DataSource, PackedValues, Preparing } from './dataSource.ts';
import { findLoader } from './registry.ts';
import { rowsOf } from './table.ts';

/** Datasets that take more bytes than this are not copied into a session. */
const LARGEST_RESIDENT_BYTES = 512 * 2 ** 20;

export interface BatchRequest {
  readonly split: Split;
  readonly indices: Uint32Array | null;
  readonly start: number;
  readonly size: number;
  /** A batch of the same size and form whose arrays nobody reads any more. */
  readonly into?: Batch;
  /**
   * `values` (where absent) are the ports' numbers; `compact` is for a session that was given
   * `resident`: row numbers of what it holds, and the rest as it is stored.
   */
  readonly form?: BatchForm;
}
export type BatchForm = 'values' | 'compact';

/**
 * All datasets of a plan side by side: sample i of the one belongs to sample i of the other, so
 * their splits must be of equal size, and one order serves them all. What is the same in every batch
 * goes along with any.
 */
export interface PlanData {
  readonly counts: Readonly<Record<Split, number>>;
  readonly shuffle: boolean;
  /** How samples must be shuffled where not all of them are in memory. */
  readonly blocks?: BlockLayout;
  /** What a session may hold to be fed row numbers, by dataset path. */
  readonly resident?: ResidentTables;
  gather(request: BatchRequest): Batch | Promise<Batch>;
}

/** `looked`: what was found out about people's own data. */
export async function openPlanData(
  plan: Plan,
  looked: LookedSources = {},
  preparing: Preparing = {},
): Promise<PlanData> {
  const opened: { dataset: PlanDataset; source: DataSource }[] = [];
  for (const dataset of plan.datasets) {
    const options = { ...preparing, looked: looked[dataset.path] };
    const source = await findLoader(dataset.loader).open(dataset.params, dataset.facts, options);
    opened.push({ dataset, source });
  }
  return combineSources(opened);
}

interface Opened {
  readonly dataset: PlanDataset;
  readonly source: DataSource;
}

export function combineSources(opened: readonly Opened[]): PlanData {
  const counted = opened.filter(({ source }) => !source.facts.sameInEveryBatch);
  const first = counted[0] ?? opened[0];
  if (!first) {
    throw new EngineError(engineFailure('data-unavailable', 'no-dataset'));
  }
  const counts = first.source.facts.splits;
  for (const { dataset, source } of counted) {
    for (const split of ['train', 'validation', 'test'] as const) {
      const count = source.facts.splits[split];
      if (count === counts[split]) continue;
      throw new EngineError({
        ...engineFailure('data-unavailable', 'datasets-do-not-pair', {
          first: first.dataset.path,
          expected: counts[split],
          split,
          second: dataset.path,
          found: count,
        }),
        nodeId: dataset.path,
      });
    }
  }
  const resident = residentTables(opened);
  const blocks = opened.map(({ source }) => source.blocks).find((layout) => layout !== undefined);
  return {
    counts,
    shuffle: opened.some(({ source }) => source.shuffle),
    resident,
    ...(blocks && { blocks }),
    gather(request) {
      const parts = opened.map((one) => gatherPart(one, request, resident));
      // Sources in memory answer at once, and so does this: nobody waits a turn for nothing.
      const ready = parts.filter((part): part is BatchPart => !(part instanceof Promise));
      return ready.length === parts.length
        ? joinParts(request.size, ready)
        : Promise.all(parts).then((all) => joinParts(request.size, all));
    },
  };
}

type BatchPart = Omit<Batch, 'size'>;

function joinParts(size: number, parts: readonly BatchPart[]): Batch {
  const values: Record<string, BatchValue> = {};
  const packed: Record<string, PackedValue> = {};
  const rows: Record<string, Int32Array> = {};
  for (const part of parts) {
    Object.assign(values, part.values);
    Object.assign(packed, part.packed);
    Object.assign(rows, part.rows);
  }
  return { size, values, packed, rows };
}

function gatherPart(
  { dataset, source }: Opened,
  { form = 'values', into, ...request }: BatchRequest,
  resident: ResidentTables,
): BatchPart | Promise<BatchPart> {
  const { path } = dataset;
  const named = <T>(ports: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(ports).map(([port, value]) => [`${path}.${port}`, value]));
  if (form === 'compact' && source.table && resident[path]) {
    const range = { facts: source.facts, firstRow: source.table.firstRow };
    return { values: {}, rows: { [path]: rowsOf(range, request) } };
  }
  if (form === 'compact' && source.pack) {
    const packed = source.pack(request);
    const part = (ports: PackedValues): BatchPart => ({ values: {}, packed: named(ports) });
    return packed instanceof Promise ? packed.then(part) : part(packed);
  }
  const gathered = source.gather({ ...request, ...(into && { into: portsOf(into, path) }) });
  return gathered instanceof Promise
    ? gathered.then((ports) => ({ values: named(ports) }))
    : { values: named(gathered) };
}

/** The tables that together fit into a session, in the plan's order. */
function residentTables(opened: readonly Opened[]): ResidentTables {
  const tables: Record<string, Table> = {};
  let bytes = 0;
  for (const { dataset, source } of opened) {
    if (!source.table || bytes + source.bytes > LARGEST_RESIDENT_BYTES) continue;
    bytes += source.bytes;
    tables[dataset.path] = source.table;
  }
  return tables;
}

function portsOf(batch: Batch, path: string): Record<string, BatchValue> {
  const prefix = `${path}.`;
  return Object.fromEntries(
    Object.entries(batch.values)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}
