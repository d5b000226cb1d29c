import type { PlanOptimizer } from '#shared/compile/plan.ts';
import { sumKey } from '#shared/nodes/metricSums.ts';
import type { StepResult } from '../runtime.ts';

/** A step's figures out of a program's: `loss`, `loss/<optimiser path>`, `sum/<metric path>/<sum>`. */
export function stepResult(values: Iterable<readonly [string, ArrayLike<number | bigint>]>): StepResult {
  let loss = Number.NaN;
  const losses: Record<string, number> = {};
  const sums: Record<string, Record<string, number>> = {};
  for (const [name, numbers] of values) {
    const value = Number(numbers[0]);
    if (name === 'loss') {
      loss = value;
    } else if (name.startsWith('loss/')) {
      losses[name.slice('loss/'.length)] = value;
    } else {
      // A path may contain slashes, the name of a sum may not.
      const end = name.lastIndexOf('/');
      const path = name.slice('sum/'.length, end);
      const sum = name.slice(end + 1);
      const of = sums[path] ?? {};
      sums[path] = of;
      if (numbers.length === 1) of[sum] = value;
      else
        for (let place = 0; place < numbers.length; place += 1)
          of[sumKey(sum, place)] = Number(numbers[place]);
    }
  }
  return Object.keys(losses).length > 0 ? { loss, sums, losses } : { loss, sums };
}

/** The first turn's figures, with each optimiser's loss from its own turn; undefined without a turn. */
export function joinTurns(
  optimizers: readonly PlanOptimizer[],
  turns: readonly StepResult[],
): StepResult | undefined {
  const [first] = turns;
  if (!first?.losses) return first;
  const losses = { ...first.losses };
  for (const [index, { path }] of optimizers.entries()) {
    const own = turns[index]?.losses?.[path];
    if (own !== undefined) losses[path] = own;
  }
  return { ...first, losses };
}
