import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPlanData, type PlanData } from '#main/engine/data/planData.ts';
import type { Runtime } from '#main/engine/runtime.ts';
import { type Checkpoint, readNewestCheckpoint } from '#main/engine/train/checkpoints.ts';
import type { ExecutionMemory } from '#main/engine/train/executionMemory.ts';
import { LiveRun } from '#main/engine/train/liveRun.ts';
import { runFolder } from '#main/services/runFolder.ts';
import { createRuns } from '#main/services/runs.ts';
import type { Plan } from '#shared/compile/plan.ts';
import { type GraphDocument, graphDocumentSchema } from '#shared/graph/document.ts';
import type { RunEvent, RunState } from '#shared/protocol/run.ts';

/** 1000 training images in batches of 64: an epoch has 16 steps, the last of 40 images. */
export const STEPS_PER_EPOCH = 16;

/** A small network with everything that carries state between steps: dropout, running averages, Adam. */
export function smallNetwork(
  training: Record<string, unknown> = {},
  optimizer: Record<string, unknown> = {},
): GraphDocument {
  const nodes = [
    { id: 'mnist', kind: 'mnist', params: { validation: 59_000 } },
    { id: 'flatten', kind: 'flatten', params: {} },
    { id: 'hidden', kind: 'dense', params: { units: 32, activation: 'relu' } },
    { id: 'norm', kind: 'batch-normalization', params: {} },
    { id: 'dropout', kind: 'dropout', params: { rate: 0.2 } },
    { id: 'logits', kind: 'dense', params: { units: 10 } },
    { id: 'loss', kind: 'softmax-cross-entropy', params: {} },
    { id: 'accuracy', kind: 'accuracy', params: {} },
    { id: 'optimizer', kind: 'adam', params: {}, ...optimizer },
  ];
  const wires = [
    'mnist.image>flatten.x',
    'flatten.y>hidden.x',
    'hidden.y>norm.x',
    'norm.y>dropout.x',
    'dropout.y>logits.x',
    'logits.y>loss.logits',
    'mnist.label>loss.labels',
    'loss.loss>optimizer.loss',
    'logits.y>accuracy.prediction',
    'mnist.label>accuracy.labels',
  ];
  return graphDocumentSchema.parse({
    format: 'neuroloom',
    version: 1,
    name: 'small network',
    nodes: nodes.map((node) => ({ ...node, position: { x: 0, y: 0 } })),
    edges: wires.map((wire) => {
      const [from = '', to = ''] = wire.split('>');
      const [fromNode, fromPort] = from.split('.');
      const [toNode, toPort] = to.split('.');
      return { from: { node: fromNode, port: fromPort }, to: { node: toNode, port: toPort } };
    }),
    training: { epochs: 3, batchSize: 64, seed: 5, ...training },
  });
}

/** Data with fewer samples to validate and test on, which is most of the time of a run of few steps. */
export async function fewToMeasure(plan: Plan): Promise<PlanData> {
  const data = await openPlanData(plan);
  const { train: samples, validation, test } = data.counts;
  return {
    ...data,
    counts: { train: samples, validation: Math.min(500, validation), test: Math.min(500, test) },
  };
}

export interface TestRun {
  readonly runId: string;
  readonly runDir: string;
  readonly document: GraphDocument;
}

export async function newRun(document: GraphDocument): Promise<TestRun> {
  const folder = await mkdtemp(join(tmpdir(), 'neuroloom-runs-'));
  const created = await createRuns(folder, 'test').create(document);
  if (!created.ok) throw new Error(created.error.message);
  return { ...created.value, document };
}

export interface LaunchOptions {
  readonly resume?: boolean;
  readonly maxSteps?: number;
  /** What was fastest in earlier runs; nothing is tried without. */
  readonly executions?: ExecutionMemory;
  /** Weights that the run begins with. */
  readonly startFrom?: string;
  /** `fewToMeasure` where absent. */
  readonly openData?: (plan: Plan) => Promise<PlanData>;
}

/** A run in this process, with its events and a way to wait for a state. */
export function launch(
  runtime: Runtime,
  run: TestRun,
  options: LaunchOptions & { onEvent?: (event: RunEvent, live: LiveRun) => void } = {},
) {
  const events: RunEvent[] = [];
  const waiting = new Set<() => void>();
  const live: LiveRun = new LiveRun({
    runtime,
    ...run,
    resume: options.resume ?? false,
    openData: options.openData ?? fewToMeasure,
    ...(options.maxSteps !== undefined && { maxSteps: options.maxSteps }),
    ...(options.executions && { executions: options.executions }),
    ...(options.startFrom !== undefined && { startFrom: options.startFrom }),
    emit(event) {
      events.push(event);
      // The first events come while the run is being made.
      queueMicrotask(() => options.onEvent?.(event, live));
      for (const look of waiting) look();
    },
  });
  const until = (found: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!found()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const states = () => events.flatMap((event) => (event.type === 'state' ? [event.state] : []));
  return {
    live,
    events,
    states,
    state: (): RunState | undefined => states().at(-1),
    /** Waits for a number of states of a kind. */
    reached: (state: RunState, times = 1) =>
      until(() => states().filter((other) => other === state).length >= times),
    failure: () => events.findLast((event) => event.type === 'state' && event.failure !== undefined),
    points: () => events.flatMap((event) => (event.type === 'progress' ? event.points : [])),
    lastProgress: () => events.flatMap((event) => (event.type === 'progress' ? [event.progress] : [])).at(-1),
  };
}

export async function train(runtime: Runtime, run: TestRun, options: LaunchOptions = {}) {
  const launched = launch(runtime, run, options);
  await launched.live.ended;
  launched.live.model?.session.dispose();
  return launched;
}

export async function newestCheckpoint(run: TestRun): Promise<Checkpoint> {
  const checkpoint = await readNewestCheckpoint(runFolder.checkpoints(run.runDir));
  if (!checkpoint) throw new Error(`no checkpoint in ${run.runDir}`);
  return checkpoint;
}

/** Everything that must be equal bit for bit, in a form that a failed comparison can show. */
export function bits(checkpoint: Checkpoint): Record<string, unknown> {
  const { time: _time, ...trainer } = checkpoint.trainer;
  const tensors = [...checkpoint.session.tensors]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { role, shape, data }]) => [
      key,
      role,
      shape.join('×'),
      Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
    ]);
  return { step: checkpoint.session.step, tensors, trainer };
}

export async function recordOf(run: TestRun): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(runFolder.record(run.runDir), 'utf8'));
}
