import { freemem } from 'node:os';
import { readRunData } from '#main/services/data/runData.ts';
import { engineFailure } from '#main/services/engineFailure.ts';
import { explainOutOfMemory, forecastFailure } from '#main/services/outOfMemory.ts';
import { runFolder } from '#main/services/runFolder.ts';
import type { Plan } from '#shared/compile/plan.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { factsOf, type LookedSources } from '#shared/protocol/data.ts';
import type { EngineFailure, RunEvent } from '#shared/protocol/run.ts';
import { compileDocument } from '../compileDocument.ts';
import { Interrupted } from '../data/dataSource.ts';
import { openPlanData, type PlanData } from '../data/planData.ts';
import { EngineError, placeOf, toFailure } from '../failures.ts';
import type { Runtime, Session } from '../runtime.ts';
import { type Checkpoint, listCheckpoints, readNewestCheckpoint } from './checkpoints.ts';
import { checkRunData } from './checkRunData.ts';
import { TrainingControls } from './controls.ts';
import type { ExecutionMemory } from './executionMemory.ts';
import { explainRuntimeError } from './explainRuntimeError.ts';
import { initializeWeights } from './initialize.ts';
import { openSession } from './openSession.ts';
import { RunJournal } from './runJournal.ts';
import { SessionLock } from './sessionLock.ts';
import { readWeights, startFrom } from './startingWeights.ts';
import { Trainer } from './trainer.ts';

/** News of how far preparing has come are sent so often. */
const PROGRESS_MS = 200;

export interface LiveRunOptions {
  readonly runtime: Runtime;
  readonly runId: string;
  readonly runDir: string;
  readonly document: GraphDocument;
  readonly resume: boolean;
  readonly maxSteps?: number;
  /** Folder of a run or safetensors file whose weights a new run begins with. */
  readonly startFrom?: string;
  /** What was fastest in earlier runs; nothing is tried without. */
  readonly executions?: ExecutionMemory | null;
  /** Where the plan's samples come from; the datasets' own loaders where absent. */
  readonly openData?: typeof openPlanData;
  emit(event: RunEvent): void;
}

/** What can be asked of a run's network: it is the same for a run that trains and one read from disk. */
export interface OpenModel {
  readonly runId: string;
  readonly plan: Plan;
  /** Its samples; rejects where they cannot be read any more, which an answer to others does not need. */
  openData(): Promise<PlanData>;
  readonly session: Session;
  readonly lock: SessionLock;
}

/** A run from its start to its end, with the session that it trains. */
export class LiveRun {
  readonly runId: string;
  readonly controls = new TrainingControls();
  /** Resolves when the run has ended, however that was; its last state event is out by then. */
  readonly ended: Promise<void>;
  /** The network while the run goes on and after it finished or was stopped; null before and after a failure. */
  model: OpenModel | null = null;
  active = true;
  private plan: Plan | null = null;

  constructor(options: LiveRunOptions) {
    this.runId = options.runId;
    this.ended = this.run(options);
  }

  private async run(options: LiveRunOptions): Promise<void> {
    let journal: RunJournal | null = null;
    try {
      journal = await RunJournal.open(options.runDir, { resume: options.resume, emit: options.emit });
      const state = await this.prepareAndTrain(options, journal);
      this.active = false;
      await journal.enter(state);
    } catch (error) {
      this.active = false;
      const failure = await resumable(this.explain(toFailure(error), placeOf(error)), options.runDir);
      this.model?.session.dispose();
      this.model = null;
      if (journal) await journal.enter('failed', failure);
      else options.emit({ type: 'state', runId: options.runId, state: 'failed', failure });
    }
  }

  /** Drawn by the seed, or another run's where the run starts from it. */
  private async firstWeights({ startFrom: path, resume }: LiveRunOptions, plan: Plan, journal: RunJournal) {
    const first = initializeWeights(plan, plan.training.seed);
    // A resumed run has a checkpoint of its own.
    if (path === undefined || resume) return first;
    const { weights, report } = startFrom(plan, first, await readWeights(path), path);
    journal.note({ startedFrom: report });
    return weights;
  }

  /** The node where it happened, and the smaller batch where memory ran out. */
  private explain(failure: EngineFailure, place: string | undefined): EngineFailure {
    if (!this.plan) return failure;
    return explainRuntimeError(explainOutOfMemory(failure, this.plan, freemem()), this.plan, place);
  }

  /** Null where the run was stopped before its data was ready. */
  private async openData(
    { runId, emit, openData = openPlanData }: LiveRunOptions,
    plan: Plan,
    looked: LookedSources,
  ): Promise<PlanData | null> {
    let told = Number.NEGATIVE_INFINITY;
    try {
      return await openData(plan, looked, {
        stopping: () => this.controls.stopping,
        onProgress(done, total) {
          if (performance.now() - told < PROGRESS_MS) return;
          told = performance.now();
          emit({ type: 'state', runId, state: 'preparing', prepared: { done, total } });
        },
      });
    } catch (error) {
      if (error instanceof Interrupted) return null;
      throw error;
    }
  }

  private async prepareAndTrain(
    options: LiveRunOptions,
    journal: RunJournal,
  ): Promise<'finished' | 'stopped'> {
    const { runtime, runId, runDir, document, resume } = options;
    journal.note({ enginePid: process.pid });
    await journal.enter('preparing');
    const looked = await readRunData(runDir);
    const plan = compileDocument(document, factsOf(looked));
    this.plan = plan;
    const tooLarge = forecastFailure(plan);
    if (tooLarge) throw new EngineError(tooLarge);
    const { seed } = plan.training;
    const data = await this.openData(options, plan, looked);
    if (!data) return 'stopped';
    await checkRunData(plan, data);
    const checkpoint = resume ? await readNewestCheckpoint(runFolder.checkpoints(runDir)) : null;
    const { epochs, batchSize } = plan.training;
    const initialWeights = await this.firstWeights(options, plan, journal);
    const { session, execution } = await openSession({
      runtime,
      plan,
      data,
      initialWeights,
      steps: Math.min(
        options.maxSteps ?? Number.POSITIVE_INFINITY,
        epochs * Math.ceil(data.counts.train / batchSize),
      ),
      recorded: journal.execution,
      // A resumed run must not change its ways.
      memory: resume ? null : (options.executions ?? null),
      interrupted: () => this.controls.stopping,
    });
    const lock = new SessionLock();
    this.model = { runId, plan, openData: async () => data, session, lock };
    if (resume && !checkpoint && (await listCheckpoints(runFolder.checkpoints(runDir))).length > 0) {
      throw new EngineError(engineFailure('storage', 'checkpoints-unreadable'));
    }
    if (checkpoint) await restore(session, checkpoint, plan);
    if (resume) journal.resumedFrom(checkpoint?.session.step ?? 0);
    journal.note({ runtime: session.info, ...(execution && { execution }) });
    const trainer = new Trainer({
      plan,
      session,
      lock,
      data,
      seed,
      runDir,
      journal,
      checkpoint,
      controls: this.controls,
      firstWeights: () => this.firstWeights(options, plan, journal),
      ...(options.maxSteps !== undefined && { maxSteps: options.maxSteps }),
    });
    return await trainer.run();
  }
}

/** Puts a checkpoint into a session; refuses one of another network. */
export async function restore(session: Session, checkpoint: Checkpoint, plan: Plan): Promise<void> {
  const expected = new Map<string, string>(
    plan.nodes.flatMap(({ path, weightsPath, weights }) =>
      Object.entries(weightsPath === path ? weights : {}).map(
        ([name, spec]) => [`${path}/${name}`, spec.shape.join('×')] as const,
      ),
    ),
  );
  const found = new Map<string, string>(
    [...checkpoint.session.tensors]
      .filter(([, tensor]) => tensor.role !== 'slot')
      .map(([key, tensor]) => [key, tensor.shape.join('×')] as const),
  );
  for (const key of new Set([...expected.keys(), ...found.keys()])) {
    if (expected.get(key) === found.get(key)) continue;
    throw new EngineError(
      engineFailure('invalid-graph', 'checkpoint-of-another-network', {
        weight: key,
        found: found.get(key) ?? 'missing',
        expected: expected.get(key) ?? 'missing',
      }),
    );
  }
  await session.writeState(checkpoint.session);
}

async function resumable(failure: EngineFailure, runDir: string): Promise<EngineFailure> {
  const [newest] = await listCheckpoints(runFolder.checkpoints(runDir)).catch(() => []);
  return newest ? { ...failure, resumableFromStep: newest.step } : failure;
}
