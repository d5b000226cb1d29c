import { LoaderCircle } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { SampleImage } from '../../ui/SampleImage.tsx';
import type { Preview } from './usePreview.ts';

interface SampleGridProps {
  readonly preview: Preview;
  /** Pictures as large as people need to see what is on them. */
  readonly large?: boolean;
}

/** The first samples with their labels, as they reach the network. */
export function SampleGrid({ preview: { samples, error, retry }, large = false }: SampleGridProps) {
  const { t } = useTranslation();
  if (error) {
    return (
      <div role="alert" className="flex items-center gap-3 rounded-md bg-danger-soft px-3 py-2 text-small">
        <p className="grow">
          {t('dock.data.failed')} {error.message}
        </p>
        <Button size="sm" onClick={retry}>
          {t('dock.data.tryAgain')}
        </Button>
      </div>
    );
  }
  if (!samples) {
    return (
      <p className="flex items-center gap-2 text-small text-text-3">
        <LoaderCircle size={14} className="animate-spin" aria-hidden /> {t('dock.data.loading')}
      </p>
    );
  }
  const columns = large
    ? 'grid-cols-[repeat(auto-fill,minmax(72px,1fr))]'
    : 'grid-cols-[repeat(auto-fill,minmax(48px,1fr))]';
  return (
    <ul className={`grid min-h-0 gap-2 ${columns}`} data-testid="data-samples">
      {samples.map(({ index, input, label }) => (
        <li key={index} className="min-w-0 truncate text-center font-mono text-micro text-text-2">
          {input.shape.length >= 3 && (
            <SampleImage
              value={input}
              label={t('dock.data.sampleOf', { index, label: label ?? '–' })}
              className="mb-0.5 aspect-square w-full rounded-sm object-contain"
            />
          )}
          {label}
        </li>
      ))}
    </ul>
  );
}
