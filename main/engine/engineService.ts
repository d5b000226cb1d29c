import type { z } from 'zod';
import { engineFailure } from '#main/services/engineFailure.ts';
import { type EngineMethod, type EngineMethods, engineMethods } from '#shared/protocol/engine.ts';
import type { EngineFailure, RunEvent } from '#shared/protocol/run.ts';
import { findLoader } from './data/registry.ts';
import { explainDocument } from './explain/explainDocument.ts';
import { exportRun } from './exports/exportRun.ts';
import { EngineError, toFailure } from './failures.ts';
import { type Answers, answerSplit, samplesOfCell, summarize } from './probe/evaluateRun.ts';
import { predictRun } from './probe/predictRun.ts';
import { previewSamples } from './probe/previewData.ts';
import { reopenRun } from './probe/reopenRun.ts';
import { sampleImages } from './probe/sampleImages.ts';
import { sampleText } from './probe/sampleText.ts';
import type { Runtime } from './runtime.ts';
import type { TrainingControls } from './train/controls.ts';
import type { ExecutionMemory } from './train/executionMemory.ts';
import { LiveRun, type OpenModel } from './train/liveRun.ts';

type Input<M extends EngineMethod> = z.output<EngineMethods[M]['input']>;
type Output<M extends EngineMethod> = z.input<EngineMethods[M]['output']>;
type Handlers = { readonly [M in EngineMethod]: (input: Input<M>) => Promise<Output<M>> };

export type Answer = { ok: true; output: unknown } | { ok: false; failure: EngineFailure };

/** Everything the engine process can be asked; one run trains at a time. */
export class EngineService {
  private readonly runtime: Promise<Runtime>;
  private readonly emit: (event: RunEvent) => void;
  private readonly executions: ExecutionMemory | null;
  private live: LiveRun | null = null;
  /** The finished run read from disk last; a second question about it need not read it again. */
  private reopened: { key: string; model: OpenModel } | null = null;
  private kept: { model: OpenModel; whileTraining: boolean; answers: Answers } | null = null;

  /** `executions`: what was fastest in earlier runs; nothing is tried where it is null. */
  constructor(
    runtime: Promise<Runtime>,
    emit: (event: RunEvent) => void,
    executions: ExecutionMemory | null = null,
  ) {
    this.runtime = runtime;
    this.emit = emit;
    this.executions = executions;
  }

  async call(method: string, input: unknown): Promise<Answer> {
    if (!Object.hasOwn(engineMethods, method)) {
      return {
        ok: false,
        failure: engineFailure('runtime-error', 'unknown-engine-method', { method }),
      };
    }
    const known = method as EngineMethod;
    const parsed = engineMethods[known].input.safeParse(input);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const detail = `${issue?.path.join('.')}: ${issue?.message}`;
      return {
        ok: false,
        failure: engineFailure('runtime-error', 'engine-input-invalid', { method, detail }),
      };
    }
    try {
      // The table is keyed by method; TypeScript cannot pair handler and input through a union key.
      const handler = this.handlers[known] as (input: unknown) => Promise<unknown>;
      return { ok: true, output: await handler(parsed.data) };
    } catch (error) {
      return { ok: false, failure: toFailure(error) };
    }
  }

  /** Ends a live run with a checkpoint; used when the process is asked to end. */
  async interrupt(): Promise<void> {
    if (!this.live?.active) return;
    this.live.controls.stop();
    await this.live.ended;
  }

  private readonly handlers: Handlers = {
    'engine.info': async () => (await this.runtime).info,
    'graph.explain': async ({ document, facts }) =>
      explainDocument(await this.runtime, document, this.executions, facts),
    'run.start': async ({ runId, runDir, document, maxSteps, resume, startFrom }) => {
      if (this.live?.active) {
        throw new EngineError(engineFailure('runtime-error', 'run-in-progress'));
      }
      const runtime = await this.runtime;
      this.live?.model?.session.dispose();
      this.forgetReopened();
      this.kept = null;
      this.live = new LiveRun({
        runtime,
        runId,
        runDir,
        document,
        resume,
        executions: this.executions,
        emit: this.emit,
        ...(maxSteps !== undefined && { maxSteps }),
        ...(startFrom !== undefined && { startFrom }),
      });
      return {};
    },
    'run.pause': async ({ runId }) => this.control(runId, (controls) => controls.pause()),
    'run.resume': async ({ runId }) => this.control(runId, (controls) => controls.resume()),
    'run.step': async ({ runId }) => this.control(runId, (controls) => controls.step()),
    'run.stop': async ({ runId }) => this.control(runId, (controls) => controls.stop()),
    'run.setLearningRate': async ({ runId, optimizerPath, value }) =>
      this.control(runId, (controls) => controls.setLearningRate(optimizerPath, value)),
    'run.evaluate': async ({ runId, runDir, split, maxSamples }) => {
      const model = await this.open(runId, runDir);
      return summarize(model, await this.answersOf(model, split, 'fresh'), maxSamples);
    },
    'run.samples': async ({ runId, runDir, split, ...cell }) => {
      const model = await this.open(runId, runDir);
      return { samples: await samplesOfCell(model, await this.answersOf(model, split, 'kept'), cell) };
    },
    'run.predict': async ({ runId, runDir, inputs }) => predictRun(await this.open(runId, runDir), inputs),
    'run.sampleText': async ({ runId, runDir, ...request }) =>
      sampleText(await this.open(runId, runDir), request),
    'run.sampleImages': async ({ runId, runDir, ...request }) =>
      sampleImages(await this.open(runId, runDir), request),
    'run.export': async ({ runId, runDir, format, path }) =>
      exportRun(await this.open(runId, runDir), await this.runtime, format, path),
    'data.preview': async ({ loader, params, count, looked }) =>
      previewSamples(
        await findLoader(loader).open(params, looked?.facts, { looked, fewSamples: true }),
        count,
      ),
  };

  private control(runId: string, ask: (controls: TrainingControls) => void): Record<string, never> {
    if (!this.live?.active || this.live.runId !== runId) {
      throw new EngineError(engineFailure('runtime-error', 'run-not-in-progress'));
    }
    ask(this.live.controls);
    return {};
  }

  /** The present weights of a live run, else the run's folder. */
  private async open(runId: string, runDir: string): Promise<OpenModel> {
    if (this.live?.runId === runId) {
      if (this.live.model) return this.live.model;
      if (this.live.active) {
        throw new EngineError(engineFailure('runtime-error', 'run-being-prepared'));
      }
    }
    const key = `${runId} ${runDir}`;
    if (this.reopened?.key === key) return this.reopened.model;
    const model = await reopenRun(await this.runtime, runId, runDir);
    this.forgetReopened();
    this.reopened = { key, model };
    return model;
  }

  /** `kept` answers belong to the matrix that is on the screen, even while training goes on. */
  private async answersOf(
    model: OpenModel,
    split: Answers['split'],
    which: 'fresh' | 'kept',
  ): Promise<Answers> {
    const training = this.live?.active === true && this.live.model === model;
    const { kept } = this;
    if (kept?.model === model && kept.answers.split === split) {
      if (which === 'kept' || !(training || kept.whileTraining)) return kept.answers;
    }
    const answers = await answerSplit(model, split);
    this.kept = { model, whileTraining: training, answers };
    return answers;
  }

  private forgetReopened(): void {
    this.reopened?.model.session.dispose();
    this.reopened = null;
  }
}
