import { create } from 'zustand';
import type { HostConnection, HostError } from '#shared/protocol/host.ts';
import {
  type EngineFailure,
  isRunActive,
  type Progress,
  type RunEvent,
  type RunRecord,
  type RunState,
} from '#shared/protocol/run.ts';
import { toHostError } from '../host/hostFailure.ts';
import { useDocumentStore } from './documentStore.ts';
import { callHost } from './hostStore.ts';
import { createRunSeries, pushPoints, type RunSeries } from './metricSeries.ts';
import { keepPerDocument } from './perDocument.ts';
import { frontTab, setTabPart, tabPart, useTabStore } from './tabStore.ts';

interface ShownRun {
  /** The run that the top bar, the curves and the results show. */
  readonly currentRunId: string | null;
  readonly state: RunState | null;
  readonly progress: Progress | null;
  readonly failure: EngineFailure | null;
  /** How many samples are ready, while data is prepared that takes a while. */
  readonly prepared: { readonly done: number; readonly total: number } | null;
}

const noRun: ShownRun = { currentRunId: null, state: null, progress: null, failure: null, prepared: null };

interface RunStore extends ShownRun {
  /** Every run the host knows, newest first, as last listed; the live one is kept up to date by events. */
  readonly runs: readonly RunRecord[];
  /** The last call that the host refused. */
  readonly callError: HostError | null;
  start(options?: { paused?: boolean; resumeRunId?: string }): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** One training step; starts a paused run where none is active. */
  step(): Promise<void>;
  stop(): Promise<void>;
  setLearningRate(optimizerPath: string, value: number): Promise<void>;
  /** Shows a run, its state, its failure, its curves, with the document in front or another one. */
  openRun(runId: string | null, tabId?: string): Promise<void>;
  refreshRuns(): Promise<void>;
  deleteRun(runId: string): Promise<void>;
}

const seriesByRun = new Map<string, RunSeries>();
const seriesListeners = new Map<string, Set<() => void>>();

/** The curves of a run: the same object for as long as the window lives; it changes in place. */
export function getSeries(runId: string): RunSeries {
  let series = seriesByRun.get(runId);
  if (!series) {
    series = createRunSeries();
    seriesByRun.set(runId, series);
  }
  return series;
}

/** Called after points were added, outside React, at most once per message of the engine. */
export function subscribeSeries(runId: string, listener: () => void): () => void {
  let listeners = seriesListeners.get(runId);
  if (!listeners) {
    listeners = new Set();
    seriesListeners.set(runId, listeners);
  }
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function seriesChanged(runId: string): void {
  for (const listener of seriesListeners.get(runId) ?? []) listener();
}

export const useRunStore = create<RunStore>((set, get) => {
  /** Runs a call; a refusal becomes `callError` and the answer undefined. */
  const attempt = async <T>(call: () => Promise<T>): Promise<T | undefined> => {
    try {
      const value = await call();
      if (get().callError) set({ callError: null });
      return value;
    } catch (cause) {
      set({ callError: toHostError(cause) });
      return undefined;
    }
  };
  const onCurrent = async (method: 'run.pause' | 'run.resume' | 'run.step' | 'run.stop'): Promise<void> => {
    const runId = get().currentRunId;
    if (runId) await attempt(() => callHost(method, { runId }));
  };

  return {
    ...noRun,
    runs: [],
    callError: null,

    async start({ paused = false, resumeRunId } = {}) {
      const { document, file, recoveryId } = useDocumentStore.getState();
      if (!document) return;
      starter = recoveryId;
      const answer = await attempt(() =>
        callHost('run.start', {
          document,
          graphPath: file?.path ?? null,
          ...(paused && { startPaused: true }),
          ...(resumeRunId !== undefined && { resumeRunId }),
        }),
      );
      starter = null;
      if (!answer) return;
      // Events of the new run may have come before the answer; they have set the state already.
      if (shownIn(recoveryId).currentRunId !== answer.runId) {
        setTabPart(recoveryId, runPart, { ...noRun, currentRunId: answer.runId, state: 'preparing' });
      }
      await get().refreshRuns();
    },
    pause: () => onCurrent('run.pause'),
    resume: () => onCurrent('run.resume'),
    async step() {
      const { state } = get();
      if (state && isRunActive(state)) await onCurrent('run.step');
      else {
        await get().start({ paused: true });
        stepWhenPaused(get().currentRunId);
      }
    },
    stop: () => onCurrent('run.stop'),
    async setLearningRate(optimizerPath, value) {
      const runId = get().currentRunId;
      if (runId) await attempt(() => callHost('run.setLearningRate', { runId, optimizerPath, value }));
    },

    async openRun(runId, tabId = frontTab()) {
      if (runId === null) {
        setTabPart(tabId, runPart, noRun);
        return;
      }
      const answer = await attempt(() => callHost('run.get', { runId }));
      if (!answer) return;
      const series = createRunSeries();
      pushPoints(series, answer.points);
      Object.assign(getSeries(runId), series);
      setTabPart(tabId, runPart, {
        currentRunId: runId,
        state: answer.run.state,
        progress: answer.run.progress,
        failure: answer.run.failure ?? null,
        prepared: null,
      });
      seriesChanged(runId);
    },
    async refreshRuns() {
      const answer = await attempt(() => callHost('run.list', {}));
      if (answer) set({ runs: answer.runs });
    },
    async deleteRun(runId) {
      if (!(await attempt(() => callHost('run.delete', { runId })))) return;
      seriesByRun.delete(runId);
      for (const tabId of tabsWith(runId)) await get().openRun(null, tabId);
      await get().refreshRuns();
    },
  };
});

/** The run that a document shows; each document has its own. */
export const runPart = keepPerDocument<RunStore, ShownRun>(useRunStore, noRun);

const shownIn = (tabId: string): ShownRun => tabPart(tabId, runPart);

/** The document whose run is about to begin: events of it may come before the host's answer. */
let starter: string | null = null;

/** The open documents, and the window without any, that show a run. */
function tabsWith(runId: string): readonly string[] {
  const ids = new Set([frontTab(), ...useTabStore.getState().order]);
  return [...ids].filter((id) => shownIn(id).currentRunId === runId);
}

/** The first step of a run that was started for single steps, once it is ready for it. */
function stepWhenPaused(runId: string | null): void {
  const look = ({ currentRunId, state, step }: RunStore): boolean => {
    if (currentRunId === runId && (state === 'preparing' || state === 'compiling')) return false;
    if (currentRunId === runId && state === 'paused') void step();
    return true;
  };
  if (runId === null || look(useRunStore.getState())) return;
  const off = useRunStore.subscribe((run) => {
    if (look(run)) off();
  });
}

/** True while the current run may still go on. */
export const selectRunActive = (run: RunStore): boolean => run.state !== null && isRunActive(run.state);

function receive(event: RunEvent): void {
  const { runs, refreshRuns } = useRunStore.getState();
  const shownBy = tabsWith(event.runId);
  if (shownBy.length === 0) {
    // A run started elsewhere (another window, the command line) is shown only where none is in hand.
    const tabId = starter ?? frontTab();
    const { state } = shownIn(tabId);
    const idle = state === null || !isRunActive(state);
    const isNew = !runs.some((run) => run.id === event.runId);
    if (event.type !== 'state' || !idle || !isRunActive(event.state) || !isNew) return;
    setTabPart(tabId, runPart, { ...noRun, currentRunId: event.runId, state: event.state });
    return;
  }
  if (event.type === 'state') {
    for (const tabId of shownBy)
      setTabPart(tabId, runPart, {
        state: event.state,
        failure: event.failure ?? null,
        prepared: event.prepared ?? null,
      });
    if (!isRunActive(event.state)) void refreshRuns();
  } else if (event.type === 'progress') {
    for (const tabId of shownBy) setTabPart(tabId, runPart, { progress: event.progress });
    if (event.points.length > 0) {
      pushPoints(getSeries(event.runId), event.points);
      seriesChanged(event.runId);
    }
  }
}

/** Follows the host's run events, and reads the runs again whenever the connection comes back. */
export function attachRuns(connection: HostConnection): () => void {
  const offEvents = connection.subscribe((event) => {
    if (event.type === 'run') receive(event.event);
  });
  const offConnection = connection.onConnection((connected) => {
    if (!connected) return;
    const { openRun, refreshRuns } = useRunStore.getState();
    void refreshRuns();
    for (const tabId of new Set([frontTab(), ...useTabStore.getState().order])) {
      const { currentRunId } = shownIn(tabId);
      if (currentRunId) void openRun(currentRunId, tabId);
    }
  });
  return () => {
    offEvents();
    offConnection();
  };
}
