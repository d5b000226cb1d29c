import { LineChart, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { EngineFailure, Progress, RunRecord, RunState } from '#shared/protocol/run.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { CurveAxis } from '../dockStore.ts';
import { CurveChart } from './CurveChart.tsx';
import type { CurveMetric } from './curveMetrics.ts';
import { FailurePanel } from './FailurePanel.tsx';
import { LearningRate } from './LearningRate.tsx';
import type { OptimizerRate } from './learningRates.ts';
import { RunFacts } from './RunFacts.tsx';

export interface TrainingViewProps {
  readonly runId: string | null;
  readonly run: RunRecord | null;
  readonly state: RunState | null;
  readonly active: boolean;
  readonly progress: Progress | null;
  readonly failure: EngineFailure | null;
  readonly failedNode: string | null;
  readonly metrics: readonly CurveMetric[];
  readonly rates: readonly OptimizerRate[];
  /** True where the rates are those an ended run of another graph had, which cannot be set any more. */
  readonly ratesOfRun: boolean;
  readonly axis: CurveAxis;
  readonly smoothing: number;
  /** Errors that hinder training. */
  readonly errorCount: number;
  readonly onTrain: () => void;
  readonly onResume: () => void;
  readonly onShowNode: () => void;
  readonly onShowProblems: () => void;
  readonly onSmallerBatch: (batchSize: number) => void;
  readonly onRate: (path: string, value: number) => void;
}

/** Curves of the shown run, its learning rates and facts; what to do where there is none. */
export function TrainingView(props: TrainingViewProps) {
  const { t } = useTranslation();
  const { runId, state, metrics, rates, errorCount, failure } = props;
  if (runId === null || state === null) {
    return (
      <EmptyState
        icon={<LineChart size={18} />}
        title={t('dock.training.emptyTitle')}
        text={
          errorCount > 0
            ? t('dock.training.emptyProblems', { count: errorCount })
            : t('dock.training.emptyText')
        }
      >
        {errorCount > 0 ? (
          <Button onClick={props.onShowProblems}>{t('dock.training.showProblems')}</Button>
        ) : (
          <Button tone="primary" onClick={props.onTrain}>
            <Play size={14} />
            {t('dock.training.trainAction')}
          </Button>
        )}
      </EmptyState>
    );
  }
  return (
    <div className="flex min-h-full flex-col gap-2 px-4 py-2.5" data-run-state={state}>
      {failure && (
        <FailurePanel
          failure={failure}
          nodeName={props.failedNode}
          onResume={props.onResume}
          onTrainAgain={props.onTrain}
          onShowNode={props.onShowNode}
          onShowProblems={props.onShowProblems}
          onSmallerBatch={props.onSmallerBatch}
        />
      )}
      <div className="flex grow gap-6">
        {/* Where they do not fit side by side, curves stand in rows, and the panel scrolls. */}
        <div className="grid min-w-0 grow auto-rows-[minmax(120px,1fr)] grid-cols-[repeat(auto-fit,minmax(210px,1fr))] gap-x-6 gap-y-3">
          {metrics.map((metric) => (
            <div key={metric.key} className="flex min-h-0 min-w-0 flex-col *:grow">
              <CurveChart
                runId={runId}
                metric={metric.key}
                title={metric.title ?? t('dock.training.loss')}
                format={metric.format}
                axis={props.axis}
                smoothing={props.smoothing}
              />
            </div>
          ))}
        </div>
        <div className="flex w-[300px] flex-none flex-col gap-3 py-0.5 pr-0.5">
          {rates.map((rate) => (
            <LearningRate
              key={rate.path}
              title={
                rates.length > 1
                  ? t('dock.training.learningRateOf', { optimizer: rate.title })
                  : t('dock.training.learningRate')
              }
              value={rate.value}
              live={props.active}
              disabled={props.ratesOfRun}
              onChange={(value) => props.onRate(rate.path, value)}
            />
          ))}
          <RunFacts run={props.run} state={state} progress={props.progress} />
        </div>
      </div>
    </div>
  );
}
