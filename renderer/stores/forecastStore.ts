import { z } from 'zod';
import { create } from 'zustand';
import { createPlan } from '#shared/compile/createPlan.ts';
import { forecastMemory } from '#shared/compile/memoryForecast.ts';
import { forecastStep, stepWork } from '#shared/compile/stepWork.ts';
import { useDocumentStore } from './documentStore.ts';
import { useHostStore } from './hostStore.ts';
import { selectRunActive, useRunStore } from './runStore.ts';
import { readStored, writeStored } from './storedValue.ts';

/** What training the open graph is expected to take on this machine. */
export interface Forecast {
  readonly batchSize: number;
  readonly memoryBytes: number;
  readonly stepsPerEpoch: number | null;
  /** From steps that were measured on this engine; null before the first run. */
  readonly msPerStep: number | null;
}

const KEY = 'neuroloom.steps';
const storage = () => localStorage;
const measuredSchema = z.array(
  z.object({ run: z.string(), engine: z.string(), work: z.number(), milliseconds: z.number() }),
);
/** The newest so many runs are remembered. */
const MAX_MEASURED = 24;
/** The first steps are slower: a run counts from this one on. */
const FIRST_STEP = 20;
/** The forecast follows edits after a pause of this length. */
const REST_MS = 400;

/** Null while the graph cannot be trained. */
export const useForecast = create<{ readonly forecast: Forecast | null }>(() => ({ forecast: null }));

const engineId = (): string => {
  const runtime = useHostStore.getState().engine?.runtime;
  return runtime ? `${runtime.id} ${runtime.device}` : '';
};

const measured = () => readStored(storage, KEY, measuredSchema, []);

function workNow(): number {
  const { document, analysis } = useDocumentStore.getState();
  if (!document) return 0;
  const { parameters, flops, activationBytes } = analysis.totals;
  return stepWork({ parameterCount: parameters, flops, activationBytes }, document.training.batchSize);
}

function forecastNow(): Forecast | null {
  const { document, facts } = useDocumentStore.getState();
  const plan = document && createPlan(document, facts);
  if (!plan?.ok) return null;
  const { batchSize } = plan.value.training;
  const samples = Math.min(...plan.value.datasets.map((data) => data.facts.splits.train));
  const engine = engineId();
  return {
    batchSize,
    memoryBytes: forecastMemory(plan.value).expected,
    stepsPerEpoch: Number.isFinite(samples) ? Math.ceil(samples / batchSize) : null,
    msPerStep: forecastStep(
      measured().filter((step) => step.engine === engine),
      workNow(),
    ),
  };
}

/** Keeps the forecast up to date, in the pauses between edits, and learns from the runs of this window. */
export function attachForecast(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The run that this window started, with the work of a step of it. */
  let running: { readonly run: string; readonly work: number } | null = null;
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => useForecast.setState({ forecast: forecastNow() }), REST_MS);
  };
  const offDocument = useDocumentStore.subscribe((state, before) => {
    if (state.document !== before.document || state.facts !== before.facts) later();
  });
  const offEngine = useHostStore.subscribe((state, before) => {
    if (state.engine?.runtime !== before.engine?.runtime) later();
  });
  const offRun = useRunStore.subscribe((state, before) => {
    const run = state.currentRunId;
    if (run !== null && run !== before.currentRunId && selectRunActive(state)) {
      running = { run, work: workNow() };
    }
    const { progress } = state;
    if (!running || run !== running.run || !progress || progress === before.progress) return;
    if (progress.step < FIRST_STEP || progress.msPerStep <= 0) return;
    const others = measured().filter((step) => step.run !== run);
    const step = { ...running, engine: engineId(), milliseconds: progress.msPerStep };
    writeStored(storage, KEY, [...others, step].slice(-MAX_MEASURED));
    if (before.progress === null || before.progress.epoch !== progress.epoch) later();
  });
  later();
  return () => {
    clearTimeout(timer);
    offDocument();
    offEngine();
    offRun();
  };
}
