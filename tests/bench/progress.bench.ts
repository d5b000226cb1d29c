import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { openPlanData } from '#main/engine/data/planData.ts';
import type { Runtime } from '#main/engine/runtime.ts';
import { ProgressReporter } from '#main/engine/train/progressReporter.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import type { RunEvent } from '#shared/protocol/run.ts';
import { type Template, templates } from '#shared/templates/index.ts';
import { nativeRuntime, ratesOf, startSession } from '../engine/traceSupport.ts';
import { launch, newRun, recordOf } from '../engine/trainSupport.ts';

/**
 * What a run costs beside its training steps: the same run of a template with its events sent to a
 * listening process and with nobody listening, and the same steps alone on one batch, in turns in one
 * process. The fastest round of each counts: what others do on the machine only ever adds time.
 */
const ROUNDS = 10;
const stepsOf: Readonly<Record<string, number>> = { 'mlp-mnist': 150, 'cnn-mnist': 25 };
/** Share of the step's time that reporting may take. */
const ALLOWED_SHARE = 0.03;

/** A process that takes events and does nothing with them. */
function startListener(): ChildProcess {
  return spawn(process.execPath, ['-e', "process.on('message', () => undefined)"], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
}

/** Milliseconds per step of a run of its own, all but the first step. */
async function runMs(runtime: Runtime, template: Template, emit: (event: RunEvent) => void): Promise<number> {
  const run = await newRun(template.document);
  const launched = launch(runtime, run, { maxSteps: stepsOf[template.id] ?? 50, onEvent: emit });
  // Its end is validated and tested like any run's; only the steps are counted.
  await launched.live.ended;
  launched.live.model?.session.dispose();
  const { msPerStep } = await recordOf(run);
  await rm(dirname(run.runDir), { recursive: true, force: true });
  return Number(msPerStep);
}

async function bareSteps(runtime: Runtime, template: Template): Promise<() => Promise<number>> {
  const plan = createPlan(template.document);
  if (!plan.ok) throw new Error(`${template.id} has problems`);
  const data = await openPlanData(plan.value);
  const size = plan.value.training.batchSize;
  const batch = await data.gather({ split: 'train', indices: null, start: 0, size });
  const session = await startSession(runtime, plan.value);
  const rates = ratesOf(plan.value);
  await session.trainStep(batch, rates);
  const steps = stepsOf[template.id] ?? 50;
  return async () => {
    const start = performance.now();
    for (let i = 0; i < steps; i += 1) await session.trainStep(batch, rates);
    return (performance.now() - start) / steps;
  };
}

/** Milliseconds that the reporter itself takes per step, events and points included. */
function reporterMs(): number {
  const calls = 200_000;
  const reporter = new ProgressReporter({
    keys: [],
    epochs: 1,
    stepsPerEpoch: calls,
    totalSteps: calls,
    emit: () => undefined,
    record: () => undefined,
  });
  const result = { loss: 1, sums: { accuracy: { correct: 1, count: 1 } } };
  const start = performance.now();
  for (let step = 1; step <= calls; step += 1) {
    const at = { step, epoch: step / calls, learningRates: { adam: 0.001 } };
    reporter.stepDone({ result, size: 1, ms: 1, time: step / 1000, at });
  }
  return (performance.now() - start) / calls;
}

async function measure(runtime: Runtime, template: Template, listener: ChildProcess) {
  const bare = await bareSteps(runtime, template);
  await bare();
  const best = {
    alone: Number.POSITIVE_INFINITY,
    silent: Number.POSITIVE_INFINITY,
    heard: Number.POSITIVE_INFINITY,
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    best.alone = Math.min(best.alone, await bare());
    best.silent = Math.min(best.silent, await runMs(runtime, template, () => undefined));
    best.heard = Math.min(best.heard, await runMs(runtime, template, (event) => void listener.send(event)));
  }
  const figure = (value: number, digits = 3) => Number(value.toFixed(digits));
  return {
    template: template.id,
    stepAloneMs: figure(best.alone),
    runSilentMs: figure(best.silent),
    runHeardMs: figure(best.heard),
    runToStep: figure(best.heard / best.alone),
    reportingShare: figure((reporterMs() + Math.max(0, best.heard - best.silent)) / best.alone, 4),
  };
}

async function run(): Promise<void> {
  const runtime = await nativeRuntime();
  const listener = startListener();
  const results = [];
  for (const template of templates) results.push(await measure(runtime, template, listener));
  listener.disconnect();
  console.table(results);
  const folder = join(process.cwd(), 'bench-results');
  mkdirSync(folder, { recursive: true });
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, load: loadavg() };
  const path = join(folder, 'progress.json');
  const report = { at: new Date().toISOString(), machine, node: process.version, rounds: ROUNDS, results };
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`written to ${path}`);
  for (const { template, reportingShare } of results.filter((one) => one.reportingShare >= ALLOWED_SHARE)) {
    console.error(`${template}: reporting takes ${reportingShare} of a step, ${ALLOWED_SHARE} allowed`);
    process.exitCode = 1;
  }
}

void run();
