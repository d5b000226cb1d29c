import { ArrowLeft, ChartScatter, LoaderCircle, Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evaluation } from '#shared/protocol/run.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatFigure } from '../../ui/figures.ts';
import { formatPercent } from '../../ui/format.ts';
import { describeMetric } from '../training/curveMetrics.ts';
import { ConfusionMatrix } from './ConfusionMatrix.tsx';
import { classFigures, countErrors } from './classFigures.ts';
import type { OpenCell } from './evaluateStore.ts';
import { PerClass } from './PerClass.tsx';
import { isManyPlaces } from './places.ts';
import { SampleDetail } from './SampleDetail.tsx';
import { SampleGrid } from './SampleGrid.tsx';

interface EvaluateViewProps {
  readonly evaluation: Evaluation | null;
  readonly running: boolean;
  /** Why the last evaluation failed, as a sentence. */
  readonly error: string | null;
  readonly cell: OpenCell | null;
  /** True where there is a run to evaluate. */
  readonly canEvaluate: boolean;
  readonly onEvaluate: () => void;
  readonly onTrain: () => void;
  readonly onCell: (cell: { truth: number; predicted: number } | null) => void;
}

/** How well a run does on a split: what is taken for what, the samples, each class. */
export function EvaluateView(props: EvaluateViewProps) {
  const { evaluation, running, error, canEvaluate } = props;
  const { t } = useTranslation();
  if (!evaluation) {
    return (
      <EmptyState
        icon={running ? <LoaderCircle size={18} className="animate-spin" /> : <ChartScatter size={18} />}
        title={
          running
            ? t('dock.evaluate.running')
            : error === null
              ? t('dock.evaluate.emptyTitle')
              : t('dock.evaluate.failed')
        }
        text={running ? undefined : (error ?? t('dock.evaluate.emptyText'))}
      >
        {!running &&
          (canEvaluate ? (
            <Button tone="solid" onClick={props.onEvaluate}>
              {t('dock.evaluate.evaluateAction')}
            </Button>
          ) : (
            <Button tone="primary" onClick={props.onTrain}>
              <Play size={14} />
              {t('dock.evaluate.trainAction')}
            </Button>
          ))}
      </EmptyState>
    );
  }
  return (
    <div className="flex h-full min-h-0 flex-col gap-2 px-4 py-2.5" aria-busy={running}>
      {error !== null && (
        <p role="alert" className="rounded-sm bg-danger-soft px-2 py-1 text-small">
          {error}
        </p>
      )}
      <Results {...props} evaluation={evaluation} />
    </div>
  );
}

function Results({ evaluation, cell, onCell }: EvaluateViewProps & { readonly evaluation: Evaluation }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<number | null>(null);
  const { labels, confusion, classValues } = evaluation;
  const samples = cell ? cell.samples : evaluation.samples;
  const listed = cell || !labels ? samples : samples?.filter((sample) => sample.correct === false);
  // The list is capped; the matrix counts all, but places where a sample has many.
  const many = samples?.some((sample) => isManyPlaces(sample, labels)) ?? false;
  const total =
    !confusion || many ? 0 : cell ? (confusion[cell.truth]?.[cell.predicted] ?? 0) : countErrors(confusion);
  const detail = listed?.find(({ index }) => index === chosen) ?? listed?.[0];
  return (
    <div className="flex min-h-0 grow gap-7">
      {confusion && labels && (
        <div className="min-h-0 min-w-64 grow basis-0">
          <ConfusionMatrix confusion={confusion} labels={labels} open={cell} onOpen={onCell} />
        </div>
      )}
      <div className="flex min-h-0 min-w-52 grow basis-0 flex-col gap-2">
        <h3 className="flex items-center gap-2 text-small font-medium">
          {cell && (
            <IconButton className="sm" label={t('dock.evaluate.backToWrong')} onClick={() => onCell(null)}>
              <ArrowLeft size={13} />
            </IconButton>
          )}
          {cell && labels
            ? t('dock.evaluate.cellTitle', {
                truth: labels[cell.truth] ?? cell.truth,
                predicted: labels[cell.predicted] ?? cell.predicted,
              })
            : t(
                labels
                  ? listed && listed.length === 0
                    ? 'dock.evaluate.noneWrong'
                    : 'dock.evaluate.wrongFirst'
                  : 'dock.evaluate.largestErrors',
              )}
          <span className="font-normal text-caption text-text-3">
            {listed &&
              (total > listed.length
                ? t('dock.evaluate.sampleCountOf', {
                    count: listed.length,
                    total,
                  })
                : t('dock.evaluate.sampleCount', { count: listed.length }))}
          </span>
          <span className="ml-auto hidden font-normal text-caption text-text-3 2xl:inline">
            {labels &&
              t(classValues === 'scores' ? 'dock.evaluate.highestScore' : 'dock.evaluate.mostCertain')}
          </span>
        </h3>
        <div className="min-h-0 grow overflow-y-auto p-0.5">
          {listed ? (
            listed.length === 0 && cell ? (
              <p className="text-small text-text-3">{t('dock.evaluate.nothingHere')}</p>
            ) : (
              <SampleGrid
                samples={listed}
                labels={labels}
                classValues={classValues}
                chosen={detail?.index ?? null}
                onChoose={setChosen}
              />
            )
          ) : (
            <LoaderCircle size={16} className="animate-spin text-text-3" />
          )}
        </div>
        {detail && (
          <SampleDetail
            sample={detail}
            labels={labels}
            classValues={classValues}
            names={evaluation.targetNames}
          />
        )}
      </div>
      <div className="flex min-h-0 min-w-52 grow basis-0 flex-col gap-3">
        <dl className="flex flex-none gap-1.5" aria-label={t('dock.evaluate.figures')}>
          {Object.entries(evaluation.metrics).map(([key, value]) => {
            const { title, format } = describeMetric(key);
            return (
              <div
                key={key}
                className="grow rounded-md bg-surface px-2.5 py-1 shadow-[inset_0_0_0_1px_var(--line)]"
              >
                <dt className="text-caption text-text-3">{title ?? t('dock.evaluate.loss')}</dt>
                <dd className="font-mono text-body" data-metric={key}>
                  {format === 'percent' ? formatPercent(value) : formatFigure(value)}
                </dd>
              </div>
            );
          })}
        </dl>
        {confusion && labels && <PerClass figures={classFigures(confusion)} labels={labels} />}
      </div>
    </div>
  );
}
