import { Download, History, Play, RotateCcw, Trash2, Workflow } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '#shared/i18n/formatCount.ts';
import { isRunActive, type RunRecord } from '#shared/protocol/run.ts';
import { failureText } from '../../i18n/failureText.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatFigure, formatMoment } from '../../ui/figures.ts';
import { formatMilliseconds, formatPercent, formatQuantity } from '../../ui/format.ts';
import { type RunDetails, type RunFigures, useRunDetails } from './runDetails.ts';
import { Sparkline } from './Sparkline.tsx';

export interface RunActions {
  readonly onShow: (run: RunRecord) => void;
  readonly onOpenGraph: (run: RunRecord) => void;
  readonly onResume: (run: RunRecord) => void;
  readonly onExport: (run: RunRecord) => void;
  readonly onDelete: (run: RunRecord) => void;
}

interface RunsViewProps extends RunActions {
  readonly runs: readonly RunRecord[];
  readonly currentRunId: string | null;
  readonly onTrain: () => void;
}

/** A run that ended early with a checkpoint to go on from. */
export function canResume(run: RunRecord): boolean {
  if (run.state === 'failed') return run.failure?.resumableFromStep !== undefined;
  return run.state === 'stopped' && run.progress !== null && run.progress.step < run.progress.totalSteps;
}

/** Every training on this machine, newest first. */
export function RunsView({ runs, currentRunId, onTrain, ...actions }: RunsViewProps) {
  const { t } = useTranslation();
  if (runs.length === 0) {
    return (
      <EmptyState
        icon={<History size={18} />}
        title={t('dock.runs.emptyTitle')}
        text={t('dock.runs.emptyText')}
      >
        <Button tone="primary" onClick={onTrain}>
          <Play size={14} />
          {t('dock.runs.trainAction')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <div className="h-full overflow-auto px-2 pb-2">
      <table className="w-full text-small">
        <thead className="sticky top-0 z-1 bg-panel text-left text-caption text-text-3 [&_th]:h-8 [&_th]:px-2 [&_th]:font-normal">
          <tr>
            <th>{t('dock.runs.run')}</th>
            <th>{t('dock.runs.state')}</th>
            <th className="hidden xl:table-cell">{t('dock.runs.date')}</th>
            <th>{t('dock.runs.figuresOf')}</th>
            <th className="text-right!">{t('dock.runs.accuracy')}</th>
            <th className="text-right!">{t('dock.runs.loss')}</th>
            <th className="text-right!">{t('dock.runs.parameters')}</th>
            <th className="text-right!">{t('dock.runs.steps')}</th>
            <th className="hidden text-right! xl:table-cell">{t('dock.runs.speed')}</th>
            <th>{t('dock.runs.curve')}</th>
            <th className="text-right!">
              <span className="sr-only">{t('dock.runs.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} current={run.id === currentRunId} {...actions} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The figures that say most of a run, and the split they were measured on. */
function shownFigures(run: RunRecord, details: RunDetails | undefined): RunFigures | undefined {
  for (const split of ['test', 'validation'] as const) {
    const metrics = run.latest[split];
    if (metrics) return { split, metrics };
  }
  return details?.newest;
}

interface RunRowProps extends RunActions {
  readonly run: RunRecord;
  readonly current: boolean;
}

function RunRow({ run, current, ...actions }: RunRowProps) {
  const details = useRunDetails(run.id);
  return <RunCells run={run} current={current} details={details} {...actions} />;
}

function RunCells({
  run,
  current,
  details,
  ...actions
}: RunRowProps & { readonly details: RunDetails | undefined }) {
  const { t } = useTranslation();
  const shown = shownFigures(run, details);
  const figures = shown?.metrics;
  const { name } = run;
  const active = isRunActive(run.state);
  return (
    <tr
      data-run={run.id}
      data-state={run.state}
      aria-current={current}
      className="group border-t border-line hover:bg-raised aria-[current=true]:bg-accent-soft [&_td]:h-9 [&_td]:px-2"
    >
      <td>
        <button
          type="button"
          onClick={() => actions.onShow(run)}
          aria-label={t('dock.runs.showRun', { name })}
          className="flex max-w-56 items-center gap-2 text-left font-medium"
        >
          <i className={`size-2 flex-none rounded-xs ${current ? 'bg-accent' : 'bg-(--n-6)'}`} />
          <span className="truncate">{name}</span>
        </button>
      </td>
      <td className={run.state === 'failed' ? 'text-danger' : active ? 'text-accent' : 'text-text-2'}>
        <span title={run.failure && failureText(run.failure)}>{t(`dock.training.states.${run.state}`)}</span>
      </td>
      <td className="hidden whitespace-nowrap text-text-2 xl:table-cell">{formatMoment(run.createdAt)}</td>
      <td className="text-text-2" data-split={shown?.split}>
        {shown ? t(`dock.evaluate.splits.${shown.split}`) : '–'}
      </td>
      <td className="text-right font-mono">
        {figures?.accuracy === undefined ? '–' : formatPercent(figures.accuracy)}
      </td>
      <td className="text-right font-mono">
        {figures?.loss === undefined ? '–' : formatFigure(figures.loss)}
      </td>
      <td className="text-right font-mono">{details ? formatQuantity(details.parameters) : '–'}</td>
      <td className="text-right font-mono">{run.progress ? formatCount(run.progress.step) : '–'}</td>
      <td className="hidden text-right font-mono xl:table-cell">
        {run.progress ? formatMilliseconds(run.progress.msPerStep) : '–'}
      </td>
      <td>
        <Sparkline values={details?.curve ?? []} label={t('dock.runs.curveOf', { name })} />
      </td>
      <td>
        <div className="flex justify-end gap-0.5">
          {canResume(run) && (
            <IconButton
              className="sm"
              label={t('dock.runs.resumeRun', { name })}
              onClick={() => actions.onResume(run)}
            >
              <RotateCcw size={13} />
            </IconButton>
          )}
          <IconButton
            className="sm"
            label={t('dock.runs.openGraphOf', { name })}
            onClick={() => actions.onOpenGraph(run)}
          >
            <Workflow size={13} />
          </IconButton>
          <IconButton
            className="sm"
            label={t('dock.runs.exportRun', { name })}
            disabled={!run.progress || run.progress.step === 0}
            onClick={() => actions.onExport(run)}
          >
            <Download size={13} />
          </IconButton>
          <IconButton
            className="sm"
            label={t('dock.runs.deleteRun', { name })}
            disabled={active}
            onClick={() => actions.onDelete(run)}
          >
            <Trash2 size={13} />
          </IconButton>
        </div>
      </td>
    </tr>
  );
}
