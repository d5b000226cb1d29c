import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { getSeries, subscribeSeries, useRunStore } from '../stores/runStore.ts';
import { formatPercent } from '../ui/format.ts';

const REFRESH_MS = 250;

function read(runId: string, key: string): { train: number | undefined; validation: number | undefined } {
  const series = getSeries(runId);
  return { train: series.train.last(key), validation: series.validation.last(key) };
}

/** The newest figure of a loss or metric node, while and after a run is shown. */
export function LiveFigure({ definition }: { readonly definition: NodeDefinition }) {
  const key =
    definition.role === 'metric' ? definition.metricKey : definition.role === 'loss' ? 'loss' : null;
  if (key === null) return null;
  return <Figure metric={key} percent={definition.role === 'metric' && definition.format === 'percent'} />;
}

function Figure({ metric, percent }: { readonly metric: string; readonly percent: boolean }) {
  const { t } = useTranslation();
  const runId = useRunStore((run) => run.currentRunId);
  const [figures, setFigures] = useState<ReturnType<typeof read> | null>(null);
  useEffect(() => {
    if (!runId) return setFigures(null);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      timer = undefined;
      setFigures(read(runId, metric));
    };
    show();
    // Points come up to thirty times a second; the eye needs four.
    const off = subscribeSeries(runId, () => {
      timer ??= setTimeout(show, REFRESH_MS);
    });
    return () => {
      clearTimeout(timer);
      off();
    };
  }, [runId, metric]);
  if (figures?.train === undefined && figures?.validation === undefined) return null;
  const format = (value: number): string => (percent ? formatPercent(value) : value.toPrecision(3));
  return (
    <div className="lastvalue">
      {figures.train !== undefined && format(figures.train)}
      {figures.validation !== undefined && (
        <small>
          {t('dock.training.validation')} {format(figures.validation)}
        </small>
      )}
    </div>
  );
}
