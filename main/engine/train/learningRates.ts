import type { Plan } from '#shared/compile/plan.ts';
import { type OptimizerSettings, optimizerSettings } from '#shared/nodes/optimizerSettings.ts';
import { type Schedule, type SchedulePosition, scheduleFactor } from '#shared/nodes/schedule.ts';
import { optimizerOf } from '../trace/variables.ts';

/** The learning rate of every optimiser: its set value times what its schedule says of the step. */
export class LearningRates {
  readonly #base: Record<string, number> = {};
  readonly #schedules: Record<string, Schedule & Pick<OptimizerSettings, 'after' | 'until'>> = {};
  readonly #length: Omit<SchedulePosition, 'step'>;
  /** What the last checkpoint holds, and what was set since. */
  #savedBase: Readonly<Record<string, number>> = {};
  readonly #changes: { readonly step: number; readonly path: string; readonly base: number }[] = [];

  /** `saved` are the set values of an earlier part of the run. */
  constructor(
    plan: Plan,
    length: Omit<SchedulePosition, 'step'>,
    saved: Readonly<Record<string, number>> = {},
  ) {
    this.#length = length;
    for (const optimizer of plan.optimizers) {
      const { path, params } = optimizer;
      this.#base[path] = saved[path] ?? optimizerOf(optimizer).learningRate(params);
      this.#schedules[path] = optimizerSettings(params);
    }
    this.saved();
  }

  /** By optimiser path, for the step after so many. */
  at(step: number): Record<string, number> {
    return this.#scheduled(this.#base, step);
  }

  /** The rates of a step since the last call of `saved`, as they were then. */
  replay(step: number): Record<string, number> {
    const base = { ...this.#savedBase };
    for (const change of this.#changes) {
      if (change.step <= step) base[change.path] = change.base;
    }
    return this.#scheduled(base, step);
  }

  /** A checkpoint holds the present rates. */
  saved(): void {
    this.#savedBase = this.base;
    this.#changes.length = 0;
  }

  /** The rate becomes `value` now; its schedule goes on from there, in proportion. */
  set(path: string, value: number, step: number): void {
    const factor = this.#factor(path, step);
    const base = factor > 0 ? value / factor : value;
    this.#base[path] = base;
    this.#changes.push({ step, path, base });
  }

  /** Before the schedules, for a checkpoint. */
  get base(): Record<string, number> {
    return { ...this.#base };
  }

  #scheduled(bases: Readonly<Record<string, number>>, step: number): Record<string, number> {
    return Object.fromEntries(
      Object.entries(bases).map(([path, base]) => [path, base * this.#factor(path, step)]),
    );
  }

  #factor(path: string, step: number): number {
    const schedule = this.#schedules[path];
    if (!schedule) return 1;
    // A schedule goes over the optimiser's own part of the training.
    const { after, until } = schedule;
    const { totalSteps, stepsPerEpoch } = this.#length;
    const end = until > 0 ? Math.min(until, totalSteps) : totalSteps;
    const position = { step: Math.max(0, step - after), totalSteps: Math.max(1, end - after), stepsPerEpoch };
    return scheduleFactor(schedule, position);
  }
}
