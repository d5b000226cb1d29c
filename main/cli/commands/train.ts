import { resolve } from 'node:path';
import type { DataSources } from '#main/services/data/dataSources.ts';
import { readRunData, writeRunData } from '#main/services/data/runData.ts';
import { engineFailure } from '#main/services/engineFailure.ts';
import { formatCommandLine, formatDevice } from '#main/services/messages.ts';
import { readRunRecord } from '#main/services/runFolder.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { formatCount } from '#shared/i18n/formatCount.ts';
import { isPercentage } from '#shared/nodes/registry.ts';
import { factsOf, type LookedSources } from '#shared/protocol/data.ts';
import type { HostError } from '#shared/protocol/host.ts';
import type { Result } from '#shared/protocol/problem.ts';
import {
  isRunActive,
  type MetricPoint,
  type Metrics,
  type Progress,
  type RunEvent,
} from '#shared/protocol/run.ts';
import { failureError } from '../commandError.ts';
import { commandLineSources, fromHere, graphFolder } from '../commandLineSources.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import { applyOverrides, type Overrides, readGraph, requirePlan, usageError } from '../graphInput.ts';
import type { Output } from '../output.ts';
import { type CommandEngine, type EngineOptions, findRun, withEngine } from '../withEngine.ts';

export interface TrainOptions extends EngineOptions, Overrides {
  readonly steps?: number | undefined;
  readonly out?: string | undefined;
  readonly resume?: string | undefined;
  /** A run or a safetensors file whose weights it begins with. */
  readonly init?: string | undefined;
}

/** Trains a graph, or goes on with a run, and reports until it ends. */
export async function train(
  source: string | undefined,
  given: TrainOptions,
  output: Output,
): Promise<ExitCode> {
  const options = { ...given, set: fromHere(given.set ?? []) };
  if (source === undefined && options.resume === undefined) {
    throw usageError('train-what');
  }
  if (
    options.resume !== undefined &&
    (options.out !== undefined ||
      options.set?.length ||
      options.seed !== undefined ||
      options.init !== undefined)
  ) {
    throw usageError('resume-alone');
  }
  let document: GraphDocument | undefined;
  let looked: LookedSources = {};
  const sources = commandLineSources(source, options);
  if (source !== undefined) {
    document = applyOverrides(await readGraph(source), options);
    looked = await sources.lookAll(document, graphFolder(source));
    requirePlan(document, factsOf(looked));
  }
  return await withEngine(options, output, async (engine) => {
    const startFrom = document && (await weightsOf(engine, options.init ?? document.training.startFrom));
    const run = await openRun(engine, { document, looked, sources }, options);
    const info = await engine.ready;
    output.result(
      {
        event: 'start',
        run: run.runId,
        dir: run.runDir,
        runtime: info.id,
        device: info.device,
        threads: info.threads,
        notes: info.notes,
      },
      `${info.label} · ${formatDevice(info)}\n${formatCommandLine('run-folder', { path: run.runDir })}`,
    );
    for (const { message } of info.notes) output.log(message);
    const ended = watch(engine, run.runId, output);
    await engine.host.call('run.start', {
      ...run,
      resume: options.resume !== undefined,
      ...(options.steps !== undefined && { maxSteps: options.steps }),
      ...(startFrom !== undefined && { startFrom }),
    });
    return await conclude(await ended, run, output);
  });
}

/** Folder of a run by its path or id, or the path of a safetensors file. */
async function weightsOf({ runs }: CommandEngine, source: string | undefined): Promise<string | undefined> {
  if (source === undefined) return undefined;
  return source.endsWith('.safetensors') ? resolve(source) : (await findRun(runs, source)).runDir;
}

interface OpenedRun {
  readonly runId: string;
  readonly runDir: string;
  readonly document: GraphDocument;
}

interface Wanted {
  readonly document: GraphDocument | undefined;
  /** What is at the paths of its data. */
  readonly looked: LookedSources;
  readonly sources: DataSources;
}

async function openRun(
  { runs }: CommandEngine,
  { document, looked, sources }: Wanted,
  options: TrainOptions,
): Promise<OpenedRun> {
  if (options.resume !== undefined) {
    const found = await findRun(runs, options.resume);
    await sources.requireAllowed(await readRunData(found.runDir));
    const kept = unwrap(await runs.reopen(found.runDir));
    const epochs = options.epochs ?? kept.document.training.epochs;
    const wanted = { ...kept.document, training: { ...kept.document.training, epochs } };
    return { ...found, document: unwrap(await runs.reopen(found.runDir, wanted)).document };
  }
  if (!document) throw new Error('no graph to train');
  const run = unwrap(await runs.create(document, options.out));
  await writeRunData(run.runDir, looked);
  // What a person trained with may be evaluated later.
  for (const { file } of Object.values(looked)) if (file) await sources.consent.allow(file.path);
  return { ...run, document };
}

interface Ending {
  readonly event: Extract<RunEvent, { type: 'state' }>;
  readonly interrupted: boolean;
}

/** Reports a run's events; resolves with the one that ends it. Ctrl+C stops it with a checkpoint. */
function watch({ host }: CommandEngine, runId: string, output: Output): Promise<Ending> {
  return new Promise((resolve) => {
    let interrupted = false;
    const interrupt = () => {
      // Whoever presses it twice does not want to wait for the checkpoint.
      if (interrupted) process.exit(exitCodes.interrupted);
      interrupted = true;
      output.log(formatCommandLine('stopping'));
      host.call('run.stop', { runId }).catch(() => undefined);
    };
    process.on('SIGINT', interrupt);
    process.on('SIGTERM', interrupt);
    host.onEvent((event) => {
      if (event.runId !== runId) return;
      reportEvent(event, output);
      if (event.type !== 'state') return;
      // Paused with a failure: the disk does not take the checkpoint, and nobody is here to mend that.
      if (event.state === 'paused' && event.failure) {
        resolve({ event: { ...event, state: 'failed' }, interrupted });
      } else if (!isRunActive(event.state)) {
        process.off('SIGINT', interrupt);
        process.off('SIGTERM', interrupt);
        resolve({ event, interrupted });
      }
    });
  });
}

function reportEvent(event: RunEvent, output: Output): void {
  switch (event.type) {
    case 'progress': {
      const { progress, points } = event;
      const partial = points.filter((point) => !point.whole).at(-1);
      output.result({ event: 'progress', ...progress, ...(partial && { metrics: partial.metrics }) }, null);
      if (partial) output.progress(progressLine(progress, partial.metrics));
      for (const point of points)
        if (point.whole) output.result({ event: 'metrics', ...point }, wholeLine(point));
      return;
    }
    case 'checkpoint':
      output.result({ event: 'checkpoint', step: event.step, best: event.best }, null);
      return;
    case 'state':
      output.result({ event: 'state', state: event.state }, null);
      return;
  }
}

async function conclude({ event, interrupted }: Ending, run: OpenedRun, output: Output): Promise<ExitCode> {
  if (event.state === 'failed') {
    throw failureError(event.failure ?? engineFailure('crashed', 'run-ended-unexplained'));
  }
  const record = await readRunRecord(run.runDir);
  const steps = record.progress?.step ?? 0;
  const msPerStep = typeof record.msPerStep === 'number' ? record.msPerStep : 0;
  const { startedFrom } = record;
  if (startedFrom) {
    const { path, taken, fresh, left } = startedFrom;
    const counts = { path, taken, fresh: fresh.length, left: left.length };
    output.result({ event: 'started-from', ...startedFrom }, formatCommandLine('started-from', counts));
  }
  const { train, validation, test } = record.latest;
  const metrics: Metrics = test ?? validation ?? train ?? {};
  if (interrupted) {
    output.result(
      { event: 'interrupted', steps, msPerStep, run: run.runId, dir: run.runDir },
      formatCommandLine('interrupted', { step: steps, path: run.runDir }),
    );
    return exitCodes.interrupted;
  }
  output.result(
    {
      event: 'done',
      metrics,
      steps,
      msPerStep,
      split: test ? 'test' : validation ? 'validation' : 'train',
      latest: record.latest,
      run: run.runId,
      dir: run.runDir,
    },
    formatCommandLine('done', {
      steps,
      pace: msPerStep.toFixed(2),
      split: test ? 'test' : 'train',
      metrics: formatMetrics(metrics),
    }),
  );
  return exitCodes.done;
}

function progressLine(progress: Progress, metrics: Metrics): string {
  const { epoch, epochs, step, totalSteps, msPerStep, etaSeconds } = progress;
  return formatCommandLine('progress', {
    epoch,
    epochs,
    step,
    steps: totalSteps,
    pace: msPerStep.toFixed(2),
    left: etaSeconds === null ? 'none' : formatDuration(etaSeconds),
    metrics: formatMetrics(metrics),
  });
}

function wholeLine({ split, epoch, step, metrics }: MetricPoint): string {
  return formatCommandLine('whole-line', {
    split: split.padEnd(10),
    epoch: String(Math.round(epoch * 100) / 100).padEnd(4),
    step: formatCount(step).padEnd(7),
    metrics: formatMetrics(metrics),
  });
}

export function formatMetrics(metrics: Metrics): string {
  return Object.entries(metrics)
    .map(
      ([key, value]) =>
        `${key} ${isPercentage(key) ? `${(100 * value).toFixed(2)} %` : value.toPrecision(4)}`,
    )
    .join(' · ');
}

function formatDuration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60
    ? formatCommandLine('seconds', { seconds: whole })
    : formatCommandLine('minutes', { minutes: Math.floor(whole / 60), seconds: whole % 60 });
}

export function unwrap<T>(result: Result<T, HostError>): T {
  if (result.ok) return result.value;
  throw result.error;
}
