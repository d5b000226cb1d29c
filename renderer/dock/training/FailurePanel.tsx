import { OctagonAlert, RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '#shared/i18n/formatCount.ts';
import type { EngineFailure } from '#shared/protocol/run.ts';
import { failureText } from '../../i18n/failureText.ts';
import { Button } from '../../ui/Button.tsx';

interface FailurePanelProps {
  readonly failure: EngineFailure;
  /** What people call the node that failed, where one is named. */
  readonly nodeName: string | null;
  readonly onResume: () => void;
  readonly onTrainAgain: () => void;
  readonly onShowNode: () => void;
  readonly onShowProblems: () => void;
  /** Trains anew with a batch that fits into the memory. */
  readonly onSmallerBatch: (batchSize: number) => void;
}

/** Why a run ended early and the ways on from there. The graph and the curves stay as they are. */
export function FailurePanel(props: FailurePanelProps) {
  const { failure, nodeName } = props;
  const { t } = useTranslation();
  const batch = failure.data?.smallerBatch;
  return (
    <div
      role="alert"
      data-testid="run-failure"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-danger bg-danger-soft px-3 py-2"
    >
      <OctagonAlert size={16} className="flex-none text-danger" aria-hidden />
      <div className="min-w-48 grow basis-0">
        <p className="font-medium text-small">{t(`dock.failure.titles.${failure.reason}`)}</p>
        <p className="text-caption break-words text-text-2">{failureText(failure)}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        {nodeName !== null && (
          <Button size="sm" onClick={props.onShowNode}>
            {t('dock.failure.showNode', { node: nodeName })}
          </Button>
        )}
        {failure.problems && failure.problems.length > 0 && (
          <Button size="sm" onClick={props.onShowProblems}>
            {t('dock.failure.showProblems')}
          </Button>
        )}
        {typeof batch === 'number' && batch > 0 && (
          <Button tone="solid" size="sm" onClick={() => props.onSmallerBatch(batch)}>
            {t('dock.failure.smallerBatch', { batch: formatCount(batch) })}
          </Button>
        )}
        {failure.resumableFromStep !== undefined ? (
          <Button tone="solid" size="sm" onClick={props.onResume}>
            <RotateCcw size={12} />
            {t('dock.failure.resume', { step: formatCount(failure.resumableFromStep) })}
          </Button>
        ) : (
          <Button size="sm" onClick={props.onTrainAgain}>
            <RotateCcw size={12} />
            {t('dock.failure.trainAgain')}
          </Button>
        )}
      </div>
    </div>
  );
}
