import { useRunStore } from '../../stores/runStore.ts';
import { EvaluateView } from './EvaluateView.tsx';
import { evaluateRun, openCell, useEvaluateStore } from './evaluateStore.ts';

/** The Evaluate tab, attached to the shown run. */
export function EvaluatePanel() {
  const runId = useRunStore((store) => store.currentRunId);
  const step = useRunStore((store) => store.progress?.step ?? null);
  const start = useRunStore((store) => store.start);
  const { evaluation, running, error, cell, split } = useEvaluateStore();
  return (
    <EvaluateView
      evaluation={evaluation?.runId === runId ? evaluation : null}
      running={running}
      error={error && error.runId === runId ? error.error.message : null}
      cell={cell}
      canEvaluate={runId !== null && step !== null && step > 0}
      onEvaluate={() => runId !== null && void evaluateRun(runId, split, step)}
      onTrain={() => void start()}
      onCell={(next) => void openCell(next)}
    />
  );
}
