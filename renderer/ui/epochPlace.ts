import type { Progress } from '#shared/protocol/run.ts';

/**
 * Epoch (from 1) and step within it that a run has reached. An epoch lasts until the first step of the
 * next: while it is validated, all of its steps are done.
 */
export function epochPlace({ step, stepsPerEpoch }: Pick<Progress, 'step' | 'stepsPerEpoch'>): {
  readonly epoch: number;
  readonly step: number;
} {
  const epoch = Math.max(1, Math.ceil(step / Math.max(1, stepsPerEpoch)));
  return { epoch, step: step - (epoch - 1) * stepsPerEpoch };
}
