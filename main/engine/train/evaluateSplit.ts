import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Split } from '#shared/protocol/engine.ts';
import type { Metrics } from '#shared/protocol/run.ts';
import type { BatchForm, PlanData } from '../data/planData.ts';
import type { Batch, Session } from '../runtime.ts';
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
  const form = session.takesCompact ? 'compact' : 'values';
  let pending = gather(data, split, 0, form);
  for (let start = 0, place = 0; start < count; place += 1) {
    if (options.interrupted?.()) return null;
    const batch = await pending;
    const running = session.evaluateStep(batch, place);
    start += batch.size;
    if (start < count) pending = gather(data, split, start, form);
    totals.add(await running, batch.size);
    await nextTurn();
  }
  return totals.metrics();
}

export function gather(
  data: PlanData,
  split: Split,
  start: number,
  form: BatchForm = 'values',
): Batch | Promise<Batch> {
  const size = Math.min(EVALUATION_BATCH, data.counts[split] - start);
  const batch = data.gather({ split, indices: null, start, size, form });
  // Nobody may ask for a batch that was begun ahead.
  if (batch instanceof Promise) batch.catch(() => undefined);
  return batch;
}
