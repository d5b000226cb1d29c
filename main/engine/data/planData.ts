import { engineFailure } from '#main/services/engineFailure.ts';
import type { Plan, PlanDataset } from '#shared/compile/plan.ts';
import type { Split } from '#shared/protocol/engine.ts';
import { EngineError } from '../failures.ts';
import type { Batch, BatchValue } from '../runtime.ts';
import type { DataSource } from './dataSource.ts';
import { findLoader } from './registry.ts';

/**
 * All datasets of a plan side by side: sample i of the one belongs to sample i of the other, so
 * their splits must be of equal size, and one order serves them all.
 */
export interface PlanData {
  readonly counts: Readonly<Record<Split, number>>;
  readonly shuffle: boolean;
  gather(request: {
    split: Split;
    indices: Uint32Array | null;
    start: number;
    size: number;
    into?: Batch;
  }): Batch;
}

export async function openPlanData(plan: Plan): Promise<PlanData> {
  const opened: { dataset: PlanDataset; source: DataSource }[] = [];
  for (const dataset of plan.datasets) {
    opened.push({ dataset, source: await findLoader(dataset.loader).open(dataset.params, dataset.facts) });
  }
  return combineSources(opened);
}

export function combineSources(opened: readonly { dataset: PlanDataset; source: DataSource }[]): PlanData {
  const first = opened[0];
  if (!first) {
    throw new EngineError(engineFailure('data-unavailable', 'no-dataset'));
  }
  const counts = first.source.facts.splits;
  for (const { dataset, source } of opened) {
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
  return {
    counts,
    shuffle: opened.some(({ source }) => source.shuffle),
    gather({ split, indices, start, size, into }) {
      const values: Record<string, BatchValue> = {};
      for (const { dataset, source } of opened) {
        const gathered = source.gather({
          split,
          indices,
          start,
          size,
          ...(into && { into: portsOf(into, dataset.path) }),
        });
        for (const [port, value] of Object.entries(gathered)) values[`${dataset.path}.${port}`] = value;
      }
      return { size, values };
    },
  };
}

function portsOf(batch: Batch, path: string): Record<string, BatchValue> {
  const prefix = `${path}.`;
  return Object.fromEntries(
    Object.entries(batch.values)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}
