import type { NodeAnalysis } from './plan.ts';

type Sums = Pick<NodeAnalysis, 'parameterCount' | 'flops' | 'activationBytes'>;

/** Passes over the numbers: forwards, and twice backwards (to the inputs and to the weights). */
const PASSES = 3;
/** Each output is written, read backwards, and so is its gradient. */
const TOUCHES = 4;
/** Each weight is read, its gradient written, and the weight written; four bytes each. */
const WEIGHT_BYTES = 12;
/** Operations that a processor does while it fetches one byte: about the balance of today's machines. */
const OPERATIONS_PER_BYTE = 10;

/**
 * What a training step costs, in operations, with memory traffic in the operations that could be done
 * meanwhile. It serves to compare nodes and graphs; what it comes to in time is measured (`forecastStep`).
 */
export function stepWork({ parameterCount, flops, activationBytes }: Sums, batchSize: number): number {
  const bytes = batchSize * TOUCHES * activationBytes + WEIGHT_BYTES * parameterCount;
  return batchSize * PASSES * flops + OPERATIONS_PER_BYTE * bytes;
}

/** A step that was measured. */
export interface MeasuredStep {
  readonly work: number;
  readonly milliseconds: number;
}

/** How much longer a step takes by its work, in logarithms: below the smallest measured, and above the largest. */
const SLOPE = { below: 0.5, above: 1 } as const;

/** Of a step with so many times the work of the largest that was measured nothing can be said. */
const FAR = 100;

/**
 * Milliseconds that a step of this much work should take, from those that were measured on this machine: between
 * two of them along the line between their logarithms. Null where none was measured,
 * or only far smaller ones, whose time is mostly what every step takes.
 */
export function forecastStep(measured: readonly MeasuredStep[], work: number): number | null {
  const sorted = measured
    .filter((step) => step.work > 0 && step.milliseconds > 0)
    .toSorted((a, b) => a.work - b.work);
  const above = sorted.find((step) => step.work >= work);
  const below = sorted.findLast((step) => step.work <= work);
  if (work <= 0 || (!above && !below)) return null;
  if (!below && above) return above.milliseconds * (work / above.work) ** SLOPE.below;
  if (!above && below && work > FAR * below.work) return null;
  if (!above && below) return below.milliseconds * (work / below.work) ** SLOPE.above;
  if (!above || !below || above.work === below.work) return below?.milliseconds ?? null;
  const share = Math.log(work / below.work) / Math.log(above.work / below.work);
  return below.milliseconds * (above.milliseconds / below.milliseconds) ** share;
}
