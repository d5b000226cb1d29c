import { engineFailure } from '#main/services/engineFailure.ts';
import { MetricsFile, readRunRecord, runFolder, writeRunRecord } from '#main/services/runFolder.ts';
import type {
  EngineFailure,
  Execution,
  MetricPoint,
  Metrics,
  Progress,
  RunEvent,
  RunRecord,
  RunState,
} from '#shared/protocol/run.ts';
import { EngineError, toFailure } from '../failures.ts';
import type { SessionState } from '../runtime.ts';
import type { TrainerState } from './checkpointState.ts';
import { pruneCheckpoints, writeCheckpoint } from './checkpoints.ts';

/** Everything a run tells: events to the host, and run.json, metrics.jsonl and checkpoints on disk. */
export class RunJournal {
  private readonly runDir: string;
  private readonly emit: (event: RunEvent) => void;
  private readonly metrics: MetricsFile;
  private record: RunRecord;
  private savedAt = performance.now();
  private savedStep = -1;

  private constructor(
    runDir: string,
    record: RunRecord,
    options: { resume: boolean; emit: (event: RunEvent) => void },
  ) {
    this.runDir = runDir;
    this.record = record;
    this.emit = options.emit;
    this.metrics = new MetricsFile(runDir, { append: options.resume });
  }

  /** The host has made the folder with its run.json. */
  static async open(
    runDir: string,
    options: { resume: boolean; emit: (event: RunEvent) => void },
  ): Promise<RunJournal> {
    return new RunJournal(runDir, await readRunRecord(runDir), options);
  }

  get state(): RunState {
    return this.record.state;
  }

  /** How the run's programs were run when it began. */
  get execution(): Execution | undefined {
    return this.record.execution;
  }

  get msSinceCheckpoint(): number {
    return performance.now() - this.savedAt;
  }

  /** True where the present step is on disk already. */
  isSaved(step: number): boolean {
    return this.savedStep === step;
  }

  /** Something that a checkpoint holds was changed without a step. */
  changedSinceCheckpoint(): void {
    this.savedStep = -1;
  }

  /** What the run learnt since, written with the next `enter` or `checkpoint`. */
  note(changes: Partial<RunRecord>): void {
    this.record = { ...this.record, ...changes };
  }

  noteMetrics(split: 'train' | 'validation' | 'test', metrics: Metrics): void {
    this.note({ latest: { ...this.record.latest, [split]: metrics } });
  }

  addPoint(point: MetricPoint): void {
    this.metrics.add(point);
  }

  resumedFrom(step: number): void {
    this.metrics.resumedFrom(step);
    this.savedStep = step;
  }

  progress(progress: Progress, points: MetricPoint[]): void {
    this.record = { ...this.record, progress };
    this.emit({ type: 'progress', runId: this.record.id, progress, points });
    // A disk that does not take it shows at the next checkpoint, which can say so; nothing is lost till then.
    this.metrics.flush().catch(() => undefined);
  }

  /** Reports a state and, where it lasts, writes it. A failure goes along with `failed`, or with `paused` when going on is possible. */
  async enter(state: RunState, failure?: EngineFailure): Promise<void> {
    const { failure: _earlier, ...record } = this.record;
    this.record = { ...record, state, ...(failure && { failure }) };
    if (state === 'finished' || state === 'stopped' || state === 'failed' || state === 'paused') {
      await this.metrics.flush().catch(() => undefined);
    }
    try {
      await this.write();
    } catch (error) {
      // Where the disk fails, the event must still reach the window; it carries the reason.
      if (!failure) failure = toFailure(error);
    }
    this.emit({ type: 'state', runId: this.record.id, state, ...(failure && { failure }) });
  }

  /** Saves weights, slots and cursor. Throws an EngineError with the reason `storage`. */
  async checkpoint(
    { session, keep }: { session: SessionState; keep: number },
    trainer: TrainerState,
  ): Promise<void> {
    try {
      await this.metrics.flush();
      const folder = runFolder.checkpoints(this.runDir);
      const bestStep = trainer.best?.step ?? null;
      await writeCheckpoint(folder, { session, trainer });
      this.note({ bestStep });
      await this.write();
      await pruneCheckpoints(folder, { keep, bestStep });
      this.savedAt = performance.now();
      this.savedStep = session.step;
      this.emit({
        type: 'checkpoint',
        runId: this.record.id,
        step: session.step,
        best: bestStep === session.step,
      });
    } catch (error) {
      const failure = toFailure(error);
      throw new EngineError(
        {
          ...failure,
          ...engineFailure('storage', 'checkpoint-not-saved', {
            step: session.step,
            cause:
              failure.code === 'disk-full'
                ? 'full'
                : failure.code === 'folder-not-writable'
                  ? 'denied'
                  : 'other',
            detail: error instanceof Error ? error.message : String(error),
          }),
        },
        { cause: error },
      );
    }
  }

  private async write(): Promise<void> {
    this.record = { ...this.record, updatedAt: new Date().toISOString() };
    await writeRunRecord(this.runDir, this.record);
  }
}
