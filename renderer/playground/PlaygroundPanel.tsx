import { PencilLine, Play } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createPlan } from '#shared/compile/createPlan.ts';
import { findSampler } from '#shared/compile/findSampler.ts';
import { showDockTab } from '../dock/dockStore.ts';
import { loadRunDetails, useRunDetails } from '../dock/runs/runDetails.ts';
import { useRunStore } from '../stores/runStore.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ImageSamples } from './ImageSamples.tsx';
import { imageInput } from './imageInput.ts';
import { LearntPicture } from './LearntPicture.tsx';
import { Playground } from './Playground.tsx';
import { TextPlayground } from './TextPlayground.tsx';

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
  const sampler = useMemo(() => {
    const plan = details && createPlan(details.document, details.facts);
    return plan?.ok ? findSampler(plan.value) : null;
  }, [details]);
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
  if (!details) return null;
  if (sampler?.kind === 'text') {
    return <TextPlayground key={runId} runId={runId} vocabulary={sampler.vocabulary} />;
  }
  if (sampler?.kind === 'picture') {
    return <LearntPicture key={runId} runId={runId} weightsVersion={version} />;
  }
  const input = imageInput(details.document, details.facts);
  if (!input) return null;
  const drawing = 'port' in input && (
    <Playground key={runId} runId={runId} port={input.port} weightsVersion={version} />
  );
  if (sampler) {
    const images = (
      <ImageSamples
        key={runId}
        runId={runId}
        labels={sampler.wanted?.labels ?? null}
        stepwise={sampler.kind === 'diffusion'}
        weightsVersion={version}
      />
    );
    return drawing ? <Ways drawing={drawing} images={images} /> : images;
  }
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
  return drawing;
}

/** A network that makes images and looks at them: both can be tried. */
function Ways({ drawing, images }: { readonly drawing: ReactNode; readonly images: ReactNode }) {
  const { t } = useTranslation();
  const [way, setWay] = useState<'make' | 'draw'>('make');
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div
        role="radiogroup"
        aria-label={t('dock.playground.ways')}
        className="flex flex-none gap-1 px-4 pt-2"
      >
        {(['make', 'draw'] as const).map((name) => (
          <Button
            key={name}
            size="sm"
            role="radio"
            aria-checked={way === name}
            tone={way === name ? 'solid' : 'ghost'}
            onClick={() => setWay(name)}
          >
            {t(`dock.playground.${name}`)}
          </Button>
        ))}
      </div>
      <div className="min-h-0 grow">{way === 'make' ? images : drawing}</div>
    </div>
  );
}
