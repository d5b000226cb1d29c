import { z } from 'zod';

/** How the learning rate goes over a training, as a share of its set value. */
export const scheduleSchema = z.enum(['constant', 'step', 'exponential', 'linear', 'cosine', 'one-cycle']);
export type ScheduleName = z.infer<typeof scheduleSchema>;

export interface Schedule {
  readonly schedule: ScheduleName;
  /** Steps in which the rate rises to its set value; the schedule begins after them. */
  readonly warmup: number;
  /** `step`: epochs between two decays. */
  readonly decayEvery: number;
  /** `step`, `exponential`: what the rate is multiplied by. */
  readonly decayFactor: number;
  /** `linear`, `cosine`, `one-cycle`: share of the set value at the end. */
  readonly finalFactor: number;
  /** `one-cycle`: share of the steps after which the rate is highest. */
  readonly peakAt: number;
}

export interface SchedulePosition {
  /** Steps done. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** Of the whole training. */
  readonly totalSteps: number;
}

/** torch.optim.lr_scheduler.OneCycleLR's `div_factor`. */
const ONE_CYCLE_START = 1 / 25;

/**
 * What the learning rate of the next step is multiplied by. Warm-up is torch's
 * `LinearLR(start_factor=1/warmup, total_iters=warmup−1)`, after which (`SequentialLR`) come, in
 * torch.optim.lr_scheduler's formulas: `StepLR` and `ExponentialLR` counted in epochs, `LinearLR`
 * and `CosineAnnealingLR` (Loshchilov and Hutter 2017) over all steps that are left, `OneCycleLR`
 * (Smith and Topin 2018; two phases, cosine, momentum as it is).
 */
export function scheduleFactor(schedule: Schedule, position: SchedulePosition): number {
  const { warmup, decayEvery, decayFactor, finalFactor, peakAt } = schedule;
  if (position.step < warmup) return (position.step + 1) / warmup;
  const step = position.step - warmup;
  const total = Math.max(1, position.totalSteps - warmup);
  const done = Math.min(1, step / total);
  switch (schedule.schedule) {
    case 'constant':
      return 1;
    case 'step':
      return decayFactor ** Math.floor(step / position.stepsPerEpoch / decayEvery);
    case 'exponential':
      return decayFactor ** Math.floor(step / position.stepsPerEpoch);
    case 'linear':
      return 1 + (finalFactor - 1) * done;
    case 'cosine':
      return cosine(1, finalFactor, done);
    case 'one-cycle': {
      const peak = Math.max(0, peakAt * total - 1);
      const last = Math.max(peak + 1e-9, total - 1);
      return step <= peak && peak > 0
        ? cosine(ONE_CYCLE_START, 1, step / peak)
        : cosine(1, finalFactor, Math.min(1, (step - peak) / (last - peak)));
    }
  }
}

const cosine = (from: number, to: number, done: number): number =>
  to + ((from - to) * (1 + Math.cos(Math.PI * done))) / 2;
