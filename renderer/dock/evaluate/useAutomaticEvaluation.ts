import { useEffect } from 'react';
import { isRunActive } from '#shared/protocol/run.ts';
import { useRunStore } from '../../stores/runStore.ts';
import { evaluateRun, useEvaluateStore } from './evaluateStore.ts';

/** True where a run has ended with weights to measure. */
function hasResult(state: string | null): boolean {
  return state === 'finished' || state === 'stopped';
}

/**
 * Measures the shown run on the test split when it ends, and a reopened one when its results are
 * looked at; a run that is still going is measured only when asked.
 */
export function useAutomaticEvaluation(looking: boolean): void {
  const runId = useRunStore((store) => store.currentRunId);
  const state = useRunStore((store) => store.state);

  useEffect(
    () =>
      useRunStore.subscribe((store, before) => {
        const ended =
          store.currentRunId !== null &&
          store.currentRunId === before.currentRunId &&
          hasResult(store.state) &&
          before.state !== null &&
          isRunActive(before.state);
        if (ended && store.currentRunId && (store.progress?.step ?? 0) > 0) {
          void evaluateRun(store.currentRunId, 'test', store.progress?.step ?? null);
        }
      }),
    [],
  );

  useEffect(() => {
    const { evaluation, error, running, split } = useEvaluateStore.getState();
    if (!looking || runId === null || !hasResult(state) || running) return;
    if (evaluation?.runId === runId || error?.runId === runId) return;
    const step = useRunStore.getState().progress?.step ?? 0;
    if (step > 0) void evaluateRun(runId, split, step);
  }, [looking, runId, state]);
}
