import { FolderOpen, LoaderCircle, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { setParam } from '#shared/graph/commands.ts';
import type { NodeInstance } from '#shared/graph/document.ts';
import type { DatasetNode } from '#shared/nodes/defineNode.ts';
import { edit } from '../../canvas/canvasApi.ts';
import { pickData } from '../../dialogs/pickData.ts';
import { toHostError } from '../../host/hostFailure.ts';
import { problemText } from '../../i18n/problemText.ts';
import { useDocumentStore } from '../../stores/documentStore.ts';
import { lookAgain, stopLooking, useLookedData } from '../../stores/lookedData.ts';
import { showToast } from '../../stores/toastStore.ts';
import { Button } from '../../ui/Button.tsx';
import { ImagesReport } from './ImagesReport.tsx';
import { TableReport } from './TableReport.tsx';

interface OwnDataProps {
  readonly node: NodeInstance;
  readonly definition: DatasetNode;
  /** Samples as they reach the network, below what was found. */
  readonly children?: ReactNode;
}

/** A data node of people's own data: its file, what was found in it, and what is wrong with it. */
export function OwnData({ node, definition, children }: OwnDataProps) {
  const { t } = useTranslation();
  const looked = useLookedData(node.id);
  const problems = useDocumentStore((state) => state.analysis.problems);
  const own = problems.filter(({ nodeId, param }) => nodeId === node.id && param !== undefined);
  const kind = definition.picks?.kind ?? 'file';
  const path = String(node.params.path ?? '');
  const pick = (): void => {
    pickData(kind).then(
      (chosen) => chosen !== null && chosen !== path && edit(setParam(node.id, 'path', chosen)),
      (cause) => showToast({ tone: 'danger', text: toHostError(cause).message }),
    );
  };
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" {...(path === '' && { tone: 'primary' as const })} onClick={pick}>
          <FolderOpen size={14} aria-hidden="true" />
          {t(`dock.data.pick.${kind}`)}
        </Button>
        {path !== '' && (
          <Button size="sm" onClick={lookAgain}>
            <RefreshCw size={13} aria-hidden="true" />
            {t('dock.data.lookAgain')}
          </Button>
        )}
        <code className="min-w-0 truncate text-caption text-text-3" title={path}>
          {path}
        </code>
      </div>
      {looked?.looking && (
        <p className="flex items-center gap-2 text-small text-text-3" role="status">
          <LoaderCircle size={14} className="animate-spin" aria-hidden />
          {t('dock.data.looking', { percent: Math.round(100 * (looked.progress ?? 0)) })}
          <Button size="sm" onClick={() => stopLooking(node.id)}>
            {t('dialogs.cancel')}
          </Button>
        </p>
      )}
      {looked?.error && (
        <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-small">
          {looked.error.message}
        </p>
      )}
      {own.map((problem) => (
        <p
          key={`${problem.code}:${problem.param}`}
          role={problem.severity === 'error' ? 'alert' : 'status'}
          className={`rounded-md px-3 py-2 text-small ${problem.severity === 'error' ? 'bg-danger-soft' : 'bg-warn-soft'}`}
        >
          {problemText(problem)}
        </p>
      ))}
      {looked?.found?.report?.kind === 'table' && <TableReport node={node} report={looked.found.report} />}
      {looked?.found?.report?.kind === 'images' && <ImagesReport report={looked.found.report} />}
      {children}
    </div>
  );
}
