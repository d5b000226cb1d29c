import { useMemo } from 'react';
import { setParam } from '#shared/graph/commands.ts';
import { findNode, nodeTitle } from '#shared/graph/selectors.ts';
import { runCommand, useDocumentStore } from '../../stores/documentStore.ts';
import { selectRunActive, useRunStore } from '../../stores/runStore.ts';
import { revealNode } from '../../stores/selectionStore.ts';
import { showDockTab, useDockStore } from '../dockStore.ts';
import { curveMetrics } from './curveMetrics.ts';
import { learningRates } from './learningRates.ts';
import { TrainingView } from './TrainingView.tsx';

/** The Training tab, attached to the shown run and the open document. */
export function TrainingPanel() {
  const document = useDocumentStore((store) => store.document);
  const problems = useDocumentStore((store) => store.analysis.problems);
  const runId = useRunStore((store) => store.currentRunId);
  const state = useRunStore((store) => store.state);
  const progress = useRunStore((store) => store.progress);
  const failure = useRunStore((store) => store.failure);
  const active = useRunStore(selectRunActive);
  const run = useRunStore((store) => store.runs.find(({ id }) => id === runId) ?? null);
  const start = useRunStore((store) => store.start);
  const setLearningRate = useRunStore((store) => store.setLearningRate);
  const axis = useDockStore((dock) => dock.axis);
  const smoothing = useDockStore((dock) => dock.smoothing);
  const metrics = useMemo(() => (document ? curveMetrics(document) : []), [document]);
  const rates = useMemo(
    () => (document ? learningRates(document, active ? progress : null) : []),
    [document, active, progress],
  );
  const failedId = failure?.nodeId;
  const failedNode = document && failedId !== undefined ? findNode(document, failedId) : undefined;
  return (
    <TrainingView
      runId={runId}
      run={run}
      state={state}
      active={active}
      progress={progress}
      failure={failure}
      failedNode={failedNode ? nodeTitle(failedNode) : null}
      metrics={metrics}
      rates={rates}
      axis={axis}
      smoothing={smoothing}
      errorCount={problems.filter(({ severity }) => severity === 'error').length}
      onTrain={() => void start()}
      onResume={() => void start(runId === null ? {} : { resumeRunId: runId })}
      onShowNode={() => failedId !== undefined && revealNode(failedId)}
      onShowProblems={() => showDockTab('problems')}
      onRate={(path, value) => {
        if (active) void setLearningRate(path, value);
        else runCommand(setParam(path, 'learningRate', value));
      }}
    />
  );
}
