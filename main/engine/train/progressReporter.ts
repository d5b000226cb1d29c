import type { MetricPoint, Progress } from '#shared/protocol/run.ts';
import type { StepResult } from '../runtime.ts';
import { type Clock, systemClock } from './clock.ts';
import { type MetricKey, MetricTotals } from './metricTotals.ts';

/** Between two progress events, whatever happens: at most 25 a second, where the protocol allows 30. */
export const EVENT_INTERVAL_MS = 40;
const POINT_INTERVAL_MS = 100;
/** A curve gets a point per thousandth of its run so far, which bounds how many a long run has. */
const POINT_SHARE = 1 / 1000;

export interface ReporterOptions {
  readonly keys: readonly MetricKey[];
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  emit(progress: Progress, points: MetricPoint[]): void;
  /** Every point, for metrics.jsonl. */
  record(point: MetricPoint): void;
  readonly clock?: Clock;
}

/**
 * Turns steps into progress events and curve points. Events keep their distance however fast steps
 * and epochs are: what is too early for one waits for the next slot, together with what comes until
 * then, so that no point is lost.
 */
export class ProgressReporter {
  private readonly options: ReporterOptions;
  private readonly clock: Clock;
  private readonly interval: MetricTotals;
  private points: MetricPoint[] = [];
  /** Where the run stands that the next slot reports; its timer is set. */
  private waiting: { at: Position; cancel(): void } | null = null;
  private lastEvent = Number.NEGATIVE_INFINITY;
  private lastPoint = Number.NEGATIVE_INFINITY;
  private steps = 0;
  private average = 0;
  private total = 0;
  /** Milliseconds of one validation, for the remaining time. */
  private validationMs = 0;

  constructor(options: ReporterOptions) {
    this.options = options;
    this.clock = options.clock ?? systemClock;
    this.interval = new MetricTotals(options.keys);
  }

  /** Mean of all steps of this session but the first, which traces the program; 0 before the second. */
  get meanMsPerStep(): number {
    return this.steps > 1 ? this.total / (this.steps - 1) : 0;
  }

  stepDone(step: {
    result: StepResult;
    size: number;
    ms: number;
    /** Seconds of training so far. */
    time: number;
    at: Position;
  }): void {
    this.steps += 1;
    if (this.steps > 1) {
      this.total += step.ms;
      this.average += (step.ms - this.average) / Math.min(this.steps - 1, 50);
    }
    this.interval.add(step.result, step.size);
    const now = this.clock.now();
    if (now - this.lastPoint >= Math.max(POINT_INTERVAL_MS, step.time * 1000 * POINT_SHARE)) {
      this.lastPoint = now;
      this.addPoint({
        split: 'train',
        step: step.at.step,
        epoch: step.at.epoch,
        time: step.time,
        whole: false,
        metrics: this.interval.metrics(),
      });
      this.interval.clear();
    }
    if (now - this.lastEvent >= EVENT_INTERVAL_MS) this.report(step.at);
  }

  validated(ms: number): void {
    this.validationMs = ms;
  }

  addPoint(point: MetricPoint): void {
    this.points.push(point);
    this.options.record(point);
  }

  /** Something that people wait for (the end of an epoch, a changed rate): reported in the next free slot. */
  flush(at: Position): void {
    const wait = this.lastEvent + EVENT_INTERVAL_MS - this.clock.now();
    if (wait <= 0) this.report(at);
    else if (this.waiting) this.waiting.at = at;
    else
      this.waiting = {
        at,
        cancel: this.clock.after(wait, () => this.waiting && this.report(this.waiting.at)),
      };
  }

  /** Reports where the run stands and resolves when that is out: before a pause, and at the end. */
  async settle(at: Position): Promise<void> {
    this.waiting?.cancel();
    this.waiting = null;
    const wait = this.lastEvent + EVENT_INTERVAL_MS - this.clock.now();
    if (wait > 0) await new Promise<void>((resolve) => this.clock.after(wait, resolve));
    this.report(at);
  }

  private report(at: Position): void {
    this.waiting?.cancel();
    this.waiting = null;
    this.lastEvent = this.clock.now();
    const { points } = this;
    this.points = [];
    this.options.emit(this.progress(at), points);
  }

  progress(at: Position): Progress {
    const { epochs, stepsPerEpoch, totalSteps } = this.options;
    const remaining = Math.max(0, totalSteps - at.step);
    const validations = Math.ceil(remaining / stepsPerEpoch);
    return {
      epoch: Math.min(epochs, Math.floor(at.epoch) + 1),
      epochs,
      step: at.step,
      stepsPerEpoch,
      totalSteps,
      msPerStep: this.average,
      etaSeconds: this.steps < 3 ? null : (remaining * this.average + validations * this.validationMs) / 1000,
      learningRates: { ...at.learningRates },
    };
  }
}

export interface Position {
  readonly step: number;
  /** Epochs done, with their fraction. */
  readonly epoch: number;
  readonly learningRates: Readonly<Record<string, number>>;
}
