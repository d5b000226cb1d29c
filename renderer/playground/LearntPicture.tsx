import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostError } from '#shared/protocol/host.ts';
import type { TensorValue } from '#shared/protocol/run.ts';
import { toHostError } from '../host/hostFailure.ts';
import { callHost } from '../stores/hostStore.ts';
import { SampleImage } from '../ui/SampleImage.tsx';

interface LearntPictureProps {
  readonly runId: string;
  /** Grows when the weights have changed, and with them the picture. */
  readonly weightsVersion: number;
}

/** The picture that a run learns, as it is now: one sees it develop while the run trains. */
export function LearntPicture({ runId, weightsVersion }: LearntPictureProps) {
  const { t } = useTranslation();
  const [picture, setPicture] = useState<TensorValue | null>(null);
  const [error, setError] = useState<HostError | null>(null);
  useEffect(() => {
    let wanted = weightsVersion >= 0;
    const request = { runId, count: 1, seed: 0, wantedClass: null, steps: 1, state: null };
    callHost('run.sampleImages', request).then(
      ({ images }) => {
        if (!wanted) return;
        setPicture(images);
        setError(null);
      },
      (cause: unknown) => {
        if (wanted) setError(toHostError(cause));
      },
    );
    return () => {
      wanted = false;
    };
  }, [runId, weightsVersion]);
  return (
    <div className="flex h-full min-h-0 gap-5 px-4 py-3">
      <div className="flex w-52 flex-none flex-col gap-2">
        <h3 className="text-small font-medium">{t('dock.playground.picture')}</h3>
        <p className="text-caption text-text-3">{t('dock.playground.pictureHelp')}</p>
        {error && (
          <p role="alert" className="rounded-sm bg-danger-soft px-2 py-1 text-caption wrap-anywhere">
            {error.message}
          </p>
        )}
      </div>
      {picture && (
        <SampleImage
          value={picture}
          label={t('dock.playground.picture')}
          className="h-full max-w-full rounded-sm border border-line object-contain"
        />
      )}
    </div>
  );
}
