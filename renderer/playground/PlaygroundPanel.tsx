import { PencilLine, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showDockTab } from '../dock/dockStore.ts';
import { loadRunDetails, useRunDetails } from '../dock/runs/runDetails.ts';
import { useRunStore } from '../stores/runStore.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { imageInput } from './imageInput.ts';
import { Playground } from './Playground.tsx';

/** Training moves the weights on with every step; a standing drawing is asked again this often. */
const REFRESH_MS = 500;

/** Grows while the run trains, at most every half second. */
function useWeightsVersion(): number {
  const step = useRunStore((store) => store.progress?.step ?? 0);
  const [version, setVersion] = useState(step);
  useEffect(() => {
    if (step === version) return;
    const timer = setTimeout(() => setVersion(step), REFRESH_MS);
    return () => clearTimeout(timer);
  }, [step, version]);
  return version;
}

/** The Playground tab, attached to the shown run. */
export function PlaygroundPanel() {
  const { t } = useTranslation();
  const runId = useRunStore((store) => store.currentRunId);
  const trained = useRunStore((store) => (store.progress?.step ?? 0) > 0);
  const start = useRunStore((store) => store.start);
  const details = useRunDetails(runId);
  const version = useWeightsVersion();
  useEffect(() => {
    if (runId !== null) loadRunDetails(runId);
  }, [runId]);

  if (runId === null || !trained) {
    return (
      <EmptyState
        icon={<PencilLine size={18} />}
        title={t('dock.playground.emptyTitle')}
        text={t('dock.playground.emptyText')}
      >
        <Button tone="primary" onClick={() => void start()}>
          <Play size={14} />
          {t('dock.playground.trainAction')}
        </Button>
      </EmptyState>
    );
  }
  const input = details ? imageInput(details.document) : null;
  if (!input) return null;
  if ('wants' in input) {
    return (
      <EmptyState
        icon={<PencilLine size={18} />}
        title={t('dock.playground.wrongInputTitle')}
        text={t('dock.playground.wrongInputText', { shape: input.wants })}
      >
        <Button onClick={() => showDockTab('runs')}>{t('dock.playground.showRuns')}</Button>
      </EmptyState>
    );
  }
  return <Playground key={runId} runId={runId} port={input.port} weightsVersion={version} />;
}
