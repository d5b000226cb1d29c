import { FileQuestion, Workflow, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphDocument } from '#shared/graph/document.ts';
import type { RecentFile } from '#shared/protocol/host.ts';
import { isRunActive, type RunRecord } from '#shared/protocol/run.ts';
import { loadRunDetails, useRunDetails } from '../dock/runs/runDetails.ts';
import { Sparkline } from '../dock/runs/Sparkline.tsx';
import { describeMetric } from '../dock/training/curveMetrics.ts';
import { useRunStore } from '../stores/runStore.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { formatFigure, formatMoment } from '../ui/figures.ts';
import { formatPercent } from '../ui/format.ts';
import { GraphPicture } from './GraphPicture.tsx';
import { loadRecentPictures, useRecentPictures } from './recentPictures.ts';

interface RecentFilesProps {
  readonly files: readonly RecentFile[];
  readonly onOpen: (path: string) => void;
  readonly onForget: (path: string) => void;
}

/** Two rows at most, until all are asked for. */
const SHOWN_FIRST = 8;

/** Graphs opened lately, with their pictures and last results; one that is gone says so and can be taken off the list. */
export function RecentFiles({ files, onOpen, onForget }: RecentFilesProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const runs = useRunStore((store) => store.runs);
  const pictures = useRecentPictures((store) => store.byPath);
  const shown = all ? files : files.slice(0, SHOWN_FIRST);
  useEffect(() => loadRecentPictures(all ? files : files.slice(0, SHOWN_FIRST)), [files, all]);
  if (files.length === 0) {
    return <p className="start-none">{t('start.noRecent')}</p>;
  }
  return (
    <>
      <ul className="start-recent">
        {shown.map((file) => (
          <RecentCard
            key={file.path}
            file={file}
            document={pictures.get(file.path)?.document ?? null}
            run={runs.find(({ id }) => id === file.runId)}
            onOpen={() => onOpen(file.path)}
            onForget={() => onForget(file.path)}
          />
        ))}
      </ul>
      {files.length > SHOWN_FIRST && (
        <Button size="sm" className="mt-2" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('start.fewerRecent') : t('start.allRecent', { count: files.length })}
        </Button>
      )}
    </>
  );
}

interface RecentCardProps {
  readonly file: RecentFile;
  /** Drawn small; null until it is read, and where there is nothing to draw. */
  readonly document: GraphDocument | null;
  readonly run: RunRecord | undefined;
  readonly onOpen: () => void;
  readonly onForget: () => void;
}

/** One graph that was opened lately. */
export function RecentCard({ file, document, run, onOpen, onForget }: RecentCardProps) {
  const { t } = useTranslation();
  const { path, name, openedAt, exists } = file;
  return (
    <li data-recent={path} data-exists={exists}>
      <button
        type="button"
        disabled={!exists}
        onClick={onOpen}
        title={exists ? path : t('start.missingHelp', { name, path })}
      >
        <span className="start-art">
          {exists && document ? (
            <GraphPicture document={document} />
          ) : (
            <span className="none">
              {exists ? <Workflow size={20} aria-hidden /> : <FileQuestion size={20} aria-hidden />}
            </span>
          )}
          {exists && run && isRunActive(run.state) && (
            <span className="running">{t(`shell.states.${run.state}`)}</span>
          )}
        </span>
        <span className="start-text">
          <b className="truncate text-body">{name}</b>
          <span className="truncate text-caption text-text-3">
            {exists ? formatMoment(openedAt) : t('start.missing')} · {path}
          </span>
          {exists && <LastResult run={run} />}
        </span>
      </button>
      <IconButton className="sm forget" label={t('start.forget', { name })} onClick={onForget}>
        <X size={13} />
      </IconButton>
    </li>
  );
}

/** What the last run of a graph came to, and the way there. */
function LastResult({ run }: { readonly run: RunRecord | undefined }) {
  const { t } = useTranslation();
  useEffect(() => {
    if (run) loadRunDetails(run.id, run.updatedAt);
  }, [run]);
  const details = useRunDetails(run?.id ?? null);
  const split = run?.latest.test ? 'test' : 'validation';
  const figures = run?.latest[split];
  // What is best told apart: the first figure that is no loss, else the loss.
  const key = figures && (Object.keys(figures).find((name) => !name.startsWith('loss')) ?? 'loss');
  const value = key === undefined ? undefined : figures?.[key];
  if (key === undefined || value === undefined) {
    return <span className="start-result text-caption text-text-3">{t('start.noResult')}</span>;
  }
  const { title, format } = describeMetric(key);
  return (
    <span className="start-result">
      <b>{format === 'percent' ? formatPercent(value, 1) : formatFigure(value)}</b>
      <small>
        {title ?? t('inspector.loss')} · {t(`dock.evaluate.splits.${split}`)}
      </small>
      {details && details.curve.length > 1 && (
        <Sparkline values={details.curve} label={t('dock.runs.curveOf', { name: run?.name ?? '' })} />
      )}
    </span>
  );
}
