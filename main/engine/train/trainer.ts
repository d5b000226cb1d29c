import { setImmediate as nextTurn } from 'node:timers/promises';
import { engineFailure } from '#main/services/engineFailure.ts';
import { runFolder } from '#main/services/runFolder.ts';
import type { Plan } from '#shared/compile/plan.ts';
import type { PlanData } from '../data/planData.ts';
import { TrainingOrder } from '../data/trainingOrder.ts';
import { EngineError } from '../failures.ts';
import type { Session } from '../runtime.ts';
import { BestModel } from './bestModel.ts';
import { CheckpointPolicy } from './checkpointPolicy.ts';
import type { TrainerState } from './checkpointState.ts';
import { type Checkpoint, readNewestCheckpoint } from './checkpoints.ts';
import type { TrainingControls } from './controls.ts';
import { evaluateSplit } from './evaluateSplit.ts';
import { LearningRates } from './learningRates.ts';
import { isFiniteState } from './locateNonFinite.ts';
import { type MetricKey, MetricTotals, metricKeys } from './metricTotals.ts';
import { notFinite } from './notFinite.ts';
import { type Position, ProgressReporter } from './progressReporter.ts';
import type { RunJournal } from './runJournal.ts';
import type { SessionLock } from './sessionLock.ts';

export interface TrainerOptions {
  readonly plan: Plan;
  readonly session: Session;
  readonly lock: SessionLock;
  readonly data: PlanData;
  readonly seed: number;
  readonly runDir: string;
  readonly journal: RunJournal;
  readonly controls: TrainingControls;
  /** Go on from here; the session holds its weights already. */
  readonly checkpoint: Checkpoint | null;
  /** What the weights were before the first step. */
  firstWeights(): Promise<ReadonlyMap<string, Float32Array>>;
  /** End after this many steps of the whole run. */
  readonly maxSteps?: number;
}

/** Longest time in which no message is served, ms; steps of compiled programs give way by themselves. */
const SERVE_INTERVAL = 20;

/**
 * Trains a plan to its end, or until it is stopped. Each epoch takes every training sample once,
 * the last and smaller batch included; then the validation split is measured and a checkpoint
 * saved. At the end the best weights are put back (early stopping) and the test split is measured.
 */
export class Trainer {
  private readonly options: TrainerOptions;
  private readonly keys: readonly MetricKey[];
  private readonly order: TrainingOrder;
  private readonly totals: MetricTotals;
  private readonly best: BestModel;
  private readonly policy: CheckpointPolicy;
  private readonly reporter: ProgressReporter;
  private readonly stepsPerEpoch: number;
  private readonly lastStep: number;
  private readonly rates: LearningRates;
  private step: number;
  private latest: TrainerState['latest'];
  /** Seconds of training up to `resumedAt`, then the clock runs. */
  private timeBefore: number;
  private resumedAt = performance.now();
  private servedAt = performance.now();

  constructor(options: TrainerOptions) {
    this.options = options;
    const { plan, session, data, seed, journal, checkpoint } = options;
    const state = checkpoint?.trainer;
    const { batchSize, epochs, earlyStopping } = plan.training;
    this.keys = metricKeys(plan);
    this.order = new TrainingOrder({
      data,
      batchSize,
      seed,
      form: session.takesCompact ? 'compact' : 'values',
      ...(state && { cursor: state.cursor }),
    });
    this.totals = new MetricTotals(this.keys, state?.totals);
    this.best = new BestModel(earlyStopping, this.keys, state?.best);
    this.policy = new CheckpointPolicy(plan.training);
    this.stepsPerEpoch = Math.ceil(data.counts.train / batchSize);
    this.lastStep = Math.min(options.maxSteps ?? Number.POSITIVE_INFINITY, epochs * this.stepsPerEpoch);
    this.step = state?.step ?? 0;
    this.timeBefore = state?.time ?? 0;
    this.latest = state?.latest ?? {};
    const length = { stepsPerEpoch: this.stepsPerEpoch, totalSteps: epochs * this.stepsPerEpoch };
    this.rates = new LearningRates(plan, length, state?.learningRates);
    this.reporter = new ProgressReporter({
      keys: this.keys,
      epochs,
      stepsPerEpoch: this.stepsPerEpoch,
      totalSteps: this.lastStep,
      emit: (progress, points) => journal.progress(progress, points),
      record: (point) => journal.addPoint(point),
    });
  }

  /** Trains; the answer is how it ended. Throws an EngineError where it cannot go on. */
  async run(): Promise<'finished' | 'stopped'> {
    try {
      return await this.train();
    } finally {
      // However it ends: the last points come before the state that says so.
      await this.reporter.settle(this.position());
    }
  }

  private async train(): Promise<'finished' | 'stopped'> {
    const { journal, controls, plan } = this.options;
    await journal.enter(this.step === 0 ? 'compiling' : 'training');
    this.resumedAt = performance.now();
    while (this.step < this.lastStep || this.order.epochDone) {
      if (this.order.epochDone) {
        if (!(await this.endEpoch())) return this.stop();
        if (this.best.shouldStop || this.order.epochIndex >= plan.training.epochs) break;
        continue;
      }
      if (controls.holding) await this.hold();
      if (controls.stopping) return this.stop();
      await this.trainOneStep();
      if (this.policy.afterStep(this.step, journal.msSinceCheckpoint)) await this.save();
    }
    return this.finish();
  }

  private async trainOneStep(): Promise<void> {
    const { session, lock, journal, controls } = this.options;
    const startedAt = performance.now();
    for (const [path, value] of controls.takeLearningRates()) this.rates.set(path, value, this.step);
    const batch = await this.order.take();
    const result = await lock.run(() => {
      const running = session.trainStep(batch, this.rates.at(this.step));
      this.order.prefetch();
      return running;
    });
    if (!Number.isFinite(result.loss)) throw await this.notFinite(String(result.loss), this.step + 1);
    this.order.advance(batch.size);
    this.step += 1;
    this.totals.add(result, batch.size);
    controls.stepDone();
    if (journal.state === 'compiling') await journal.enter('training');
    const now = performance.now();
    this.reporter.stepDone({
      result,
      size: batch.size,
      ms: now - startedAt,
      time: this.time(),
      at: this.position(),
    });
    if (now - this.servedAt > SERVE_INTERVAL) {
      await nextTurn();
      this.servedAt = performance.now();
    }
  }

  /** Whole-epoch figures, validation, checkpoint; false where it was stopped before they were complete. */
  private async endEpoch(): Promise<boolean> {
    const { journal, controls, session, data, lock } = this.options;
    const at = this.position();
    const train = this.totals.metrics();
    await journal.enter('validating');
    const startedAt = performance.now();
    const validation = await lock.run(() =>
      evaluateSplit({
        session,
        data,
        split: 'validation',
        keys: this.keys,
        interrupted: () => controls.stopping,
      }),
    );
    if (controls.stopping && !validation && data.counts.validation > 0) return false;
    this.reporter.validated(performance.now() - startedAt);

    this.latest = { ...this.latest, train, ...(validation && { validation }) };
    journal.note({ latest: this.latest });
    const point = { step: at.step, epoch: at.epoch, time: this.time(), whole: true };
    this.reporter.addPoint({ ...point, split: 'train', metrics: train });
    if (validation) this.reporter.addPoint({ ...point, split: 'validation', metrics: validation });
    this.reporter.flush(at);
    const best = this.best.epochDone(this.step, validation ?? train);
    this.totals.clear();
    this.order.nextEpoch();
    if (this.policy.afterEpoch(this.order.epochIndex, best)) await this.save();
    if (this.step < this.lastStep) await journal.enter('training');
    return true;
  }

  /** Waits while paused. The checkpoint lets people close the app over a pause. */
  private async hold(): Promise<void> {
    const { journal, controls } = this.options;
    this.timeBefore = this.time();
    if (!journal.isSaved(this.step)) await this.save();
    await this.reporter.settle(this.position());
    if (journal.state !== 'paused') await journal.enter('paused');
    while (controls.holding && !controls.stopping) {
      await controls.change();
      const rates = controls.takeLearningRates();
      if (rates.size > 0) {
        for (const [path, value] of rates) this.rates.set(path, value, this.step);
        journal.changedSinceCheckpoint();
        this.reporter.flush(this.position());
      }
    }
    if (!controls.stopping) await journal.enter('training');
    this.resumedAt = performance.now();
  }

  private async stop(): Promise<'stopped'> {
    if (!this.options.journal.isSaved(this.step)) await this.checkpoint();
    this.noteTiming(this.step);
    return 'stopped';
  }

  private async finish(): Promise<'finished'> {
    const { journal, plan, session, runDir, data, lock, controls } = this.options;
    if (!journal.isSaved(this.step)) await this.checkpoint();
    let resultStep = this.step;
    const best = this.best.state;
    if (plan.training.earlyStopping.enabled && best && best.step !== this.step) {
      const checkpoint = await readNewestCheckpoint(runFolder.checkpoints(runDir), {
        preferredStep: best.step,
      });
      if (checkpoint?.session.step !== best.step) {
        throw new EngineError(
          engineFailure('storage', 'best-weights-unreadable', { best: best.step, step: this.step }),
        );
      }
      await lock.run(() => session.writeState(checkpoint.session));
      resultStep = best.step;
    }
    await journal.enter('testing');
    const test = await lock.run(() =>
      evaluateSplit({ session, data, split: 'test', keys: this.keys, interrupted: () => controls.stopping }),
    );
    if (test) {
      this.latest = { ...this.latest, test };
      journal.note({ latest: this.latest });
      this.reporter.addPoint({
        split: 'test',
        step: resultStep,
        epoch: resultStep / this.stepsPerEpoch,
        time: this.time(),
        whole: true,
        metrics: test,
      });
    }
    this.noteTiming(resultStep);
    return 'finished';
  }

  /** Saves; where the disk does not take it the run pauses and says why, so that nothing is lost. */
  private async save(): Promise<void> {
    const { journal, controls } = this.options;
    for (;;) {
      try {
        await this.checkpoint();
        return;
      } catch (error) {
        if (!(error instanceof EngineError) || error.failure.reason !== 'storage' || controls.stopping)
          throw error;
        this.timeBefore = this.time();
        controls.pause();
        await journal.enter('paused', error.failure);
        while (controls.holding && !controls.stopping) await controls.change();
        this.resumedAt = performance.now();
        if (!controls.stopping) await journal.enter('training');
      }
    }
  }

  private async checkpoint(): Promise<void> {
    const { session, lock, journal } = this.options;
    const state = await lock.run(() => session.readState());
    if (state.step !== this.step) throw new Error(`session at step ${state.step}, loop at ${this.step}`);
    journal.note({ progress: this.reporter.progress(this.position()) });
    if (!isFiniteState(state)) throw await this.notFinite('NaN', this.step);
    await journal.checkpoint(
      { session: state, keep: this.policy.keep },
      {
        step: this.step,
        cursor: this.order.cursor(),
        totals: this.totals.totals(),
        time: this.time(),
        learningRates: this.rates.base,
        best: this.best.state,
        latest: this.latest,
      },
    );
    this.rates.saved();
  }

  private notFinite(loss: string, step: number): Promise<EngineError> {
    const { controls } = this.options;
    const epoch = this.order.epochIndex + 1;
    const interrupted = () => controls.stopping;
    return notFinite({ ...this.options, rates: this.rates, loss, step, epoch, interrupted });
  }

  private noteTiming(resultStep: number): void {
    this.options.journal.note({ resultStep, msPerStep: this.reporter.meanMsPerStep });
  }

  private position(): Position {
    const done = this.order.cursor();
    return {
      step: this.step,
      epoch: done.epoch + done.position / this.order.sampleCount,
      learningRates: this.rates.at(this.step),
    };
  }

  /** Seconds of training, pauses excluded. */
  private time(): number {
    const running = this.options.journal.state === 'paused' ? 0 : (performance.now() - this.resumedAt) / 1000;
    return this.timeBefore + running;
  }
}
