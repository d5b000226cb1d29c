import { useTranslation } from 'react-i18next';
import type { ClassValues, Sample } from '#shared/protocol/run.ts';
import { classPart, formatClassValue } from '../../ui/classValues.ts';
import { formatFigure } from '../../ui/figures.ts';
import { SampleImage } from '../../ui/SampleImage.tsx';
import { PlacesDetail } from './PlacesDetail.tsx';
import { isManyPlaces } from './places.ts';
import { SamplePicture } from './SamplePicture.tsx';

interface SampleDetailProps {
  readonly sample: Sample;
  readonly labels: readonly string[] | null;
  readonly classValues: ClassValues;
}

/** One sample larger, with the three likeliest answers, or target beside prediction. */
export function SampleDetail({ sample, labels, classValues }: SampleDetailProps) {
  const { t } = useTranslation();
  const truth = sample.target[0] ?? 0;
  const part = classPart(sample.prediction, classValues);
  const likeliest = sample.prediction
    .map((value, index) => ({ value, index }))
    .sort((a, b) => b.value - a.value)
    .slice(0, 3);
  return (
    <div className="flex flex-none gap-3 rounded-md border border-line bg-surface p-2">
      <SamplePicture
        sample={sample}
        labels={labels}
        large
        className={
          sample.boxes || sample.input.shape.length === 2 ? 'size-24 flex-none' : 'size-16 flex-none'
        }
      />
      <div className="flex min-w-0 grow flex-col justify-center gap-1 font-mono text-caption">
        {labels && isManyPlaces(sample, labels) ? (
          <PlacesDetail sample={sample} labels={labels} />
        ) : labels ? (
          likeliest.map(({ value, index }) => (
            <div key={index} className="grid grid-cols-[24px_1fr_44px] items-center gap-2">
              <span className={index === truth ? 'text-ok' : 'text-text'}>{labels[index] ?? index}</span>
              <span
                className="meter"
                style={
                  {
                    '--part': part(value).toFixed(4),
                    '--bar': index === truth ? 'var(--ok)' : 'var(--danger)',
                  } as React.CSSProperties
                }
              >
                <i />
              </span>
              <span className="text-right text-text-2">{formatClassValue(value, classValues)}</span>
            </div>
          ))
        ) : sample.prediction.length === sample.input.data.length ? (
          <span className="flex items-center gap-3">
            <SampleImage
              value={{ ...sample.input, data: Float32Array.from(sample.prediction) }}
              label={t('dock.evaluate.predicted')}
              className="size-16 flex-none rounded-sm"
            />
            <span>{t('dock.evaluate.predicted')}</span>
          </span>
        ) : (
          <>
            <span className="line-clamp-2">
              {t('dock.evaluate.target')} {sample.target.map(formatFigure).join(' ')}
            </span>
            <span className="line-clamp-2">
              {t('dock.evaluate.predicted')} {sample.prediction.map(formatFigure).join(' ')}
            </span>
          </>
        )}
      </div>
    </div>
  );
}
