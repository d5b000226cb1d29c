import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Split } from '#shared/protocol/engine.ts';
import type { Metrics } from '#shared/protocol/run.ts';
import type { PlanData } from '../data/planData.ts';
import type { Session } from '../runtime.ts';
import { type MetricKey, MetricTotals } from './metricTotals.ts';

/** Divides MNIST's splits evenly, so that one program serves all of them. */
export const EVALUATION_BATCH = 250;

/**
 * Loss and metrics over a whole split; null where `interrupted` says so between two batches, or
 * where the split is empty.
 */
export async function evaluateSplit(options: {
  session: Session;
  data: PlanData;
  split: Split;
  keys: readonly MetricKey[];
  interrupted?: () => boolean;
}): Promise<Metrics | null> {
  const { session, data, split, keys } = options;
  const count = data.counts[split];
  if (count === 0) return null;
  const totals = new MetricTotals(keys);
  let pending = gather(data, split, 0);
  for (let start = 0; start < count; ) {
    if (options.interrupted?.()) return null;
    const batch = pending;
    const running = session.evaluateStep(batch);
    start += batch.size;
    if (start < count) pending = gather(data, split, start);
    totals.add(await running, batch.size);
    await nextTurn();
  }
  return totals.metrics();
}

export function gather(data: PlanData, split: Split, start: number, batchSize = EVALUATION_BATCH) {
  const size = Math.min(batchSize, data.counts[split] - start);
  return data.gather({ split, indices: null, start, size });
}
