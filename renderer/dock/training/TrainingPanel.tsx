import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { blockingProblems } from '#shared/compile/blockingProblems.ts';
import { setParam, setTraining } from '#shared/graph/commands.ts';
import { findNode, nodeTitle } from '#shared/graph/selectors.ts';
import { runCommand, useDocumentStore } from '../../stores/documentStore.ts';
import { revealInDocument } from '../../stores/levels.ts';
import { selectRunActive, useRunStore } from '../../stores/runStore.ts';
import { showDockTab, useDockStore } from '../dockStore.ts';
import { loadRunDetails, useRunDetails } from '../runs/runDetails.ts';
import { curveMetrics } from './curveMetrics.ts';
import { learningRates, sameOptimizers } from './learningRates.ts';
import { TrainingView } from './TrainingView.tsx';

/** The Training tab, attached to the shown run and the open document. */
export function TrainingPanel() {
  const document = useDocumentStore((store) => store.document);
  const errorCount = useDocumentStore(({ analysis }) => blockingProblems(analysis).length);
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
  // A reopened run may come from another graph than the open one: its own says what it has.
  const runDocument = useRunDetails(runId)?.document;
  useEffect(() => {
    if (runId !== null) loadRunDetails(runId);
  }, [runId]);
  useTranslation(); // Names of metrics follow the language.
  const shown = runDocument ?? document;
  const metrics = shown ? curveMetrics(shown) : [];
  const foreign = runDocument !== undefined && document !== null && !sameOptimizers(runDocument, document);
  const source = active || foreign ? shown : document;
  const rates = useMemo(
    () => (source ? learningRates(source, active || foreign ? progress : null) : []),
    [source, active, foreign, progress],
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
      failedNode={failedNode && document ? nodeTitle(failedNode, document) : null}
      metrics={metrics}
      rates={rates}
      ratesOfRun={foreign && !active}
      axis={axis}
      smoothing={smoothing}
      errorCount={errorCount}
      onTrain={() => void start()}
      onResume={() => void start(runId === null ? {} : { resumeRunId: runId })}
      onShowNode={() => failedId !== undefined && revealInDocument(failedId)}
      onShowProblems={() => showDockTab('problems')}
      onSmallerBatch={(batchSize) => {
        runCommand(setTraining({ batchSize }));
        void start();
      }}
      onRate={(path, value) => {
        if (active) void setLearningRate(path, value);
        else runCommand(setParam(path, 'learningRate', value));
      }}
    />
  );
}
