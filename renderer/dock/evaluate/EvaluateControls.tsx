import { Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '#shared/i18n/formatCount.ts';
import { splitSchema } from '#shared/protocol/engine.ts';
import { useRunStore } from '../../stores/runStore.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { evaluateRun, useEvaluateStore } from './evaluateStore.ts';

/** Which split is measured, and the way to measure it again. */
export function EvaluateControls() {
  const { t } = useTranslation();
  const runId = useRunStore((store) => store.currentRunId);
  const step = useRunStore((store) => store.progress?.step ?? null);
  const { split, running, evaluation, step: measuredAt } = useEvaluateStore();
  if (runId === null || step === null || step === 0) return null;
  const shown = evaluation?.runId === runId ? evaluation : null;
  return (
    <>
      {shown && (
        <span className="hidden text-caption text-text-3 lg:inline">
          {t('dock.evaluate.samplesIn', { count: shown.count, kind: shown.sampleKind })}
          {measuredAt !== null && ` · ${t('dock.training.at.step', { value: formatCount(measuredAt) })}`}
        </span>
      )}
      <Segmented
        label={t('dock.evaluate.split')}
        value={split}
        options={splitSchema.options.map((value) => ({ value, label: t(`dock.evaluate.splits.${value}`) }))}
        onChange={(value) => void evaluateRun(runId, value, step)}
      />
      <Button size="sm" disabled={running} onClick={() => void evaluateRun(runId, split, step)}>
        <Play size={11} />
        {running ? t('dock.evaluate.running') : t('dock.evaluate.rerun')}
      </Button>
    </>
  );
}
