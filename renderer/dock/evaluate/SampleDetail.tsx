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
  /** What predicted numbers are called. */
  readonly names: readonly string[] | null;
}

/** Of more numbers only the first are listed. */
const MOST_NAMES = 5;

/** One sample larger, with the three likeliest answers, or target beside prediction. */
export function SampleDetail({ sample, labels, classValues, names }: SampleDetailProps) {
  const { t } = useTranslation();
  const truth = sample.target[0] ?? 0;
  const part = classPart(sample.prediction, classValues);
  const likeliest = sample.prediction
    .map((value, index) => ({ value, index }))
    .sort((a, b) => b.value - a.value)
    .slice(0, 3);
  const isFlat = sample.input.shape.length === 2;
  const isForecast = isFlat && sample.input.shape[1] === 1 && !labels;
  const longest = Math.min(16, Math.max(...likeliest.map(({ index }) => labels?.[index]?.length ?? 0)));
  return (
    <div className="flex flex-none gap-3 rounded-md border border-line bg-surface p-2">
      <SamplePicture
        sample={sample}
        labels={labels}
        large
        className={
          isForecast
            ? 'h-20 w-52 flex-none'
            : sample.boxes || isFlat
              ? 'size-24 flex-none'
              : 'size-16 flex-none'
        }
      />
      <div className="flex min-w-0 grow flex-col justify-center gap-1 font-mono text-caption">
        {labels && isManyPlaces(sample, labels) ? (
          <PlacesDetail sample={sample} labels={labels} />
        ) : labels ? (
          likeliest.map(({ value, index }) => (
            <div
              key={index}
              className="grid items-center gap-2"
              style={{ gridTemplateColumns: `minmax(24px, ${longest}ch) minmax(24px, 1fr) 44px` }}
            >
              <span className={`truncate ${index === truth ? 'text-ok' : 'text-text'}`}>
                {labels[index] ?? index}
              </span>
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
        ) : names?.length === sample.target.length ? (
          <table className="data-table">
            <thead>
              <tr>
                <td />
                <th scope="col" className="num">
                  {t('dock.evaluate.target')}
                </th>
                <th scope="col" className="num">
                  {t('dock.evaluate.predicted')}
                </th>
              </tr>
            </thead>
            <tbody>
              {names.slice(0, MOST_NAMES).map((name, at) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td className="num">{formatFigure(sample.target[at] ?? Number.NaN)}</td>
                  <td className="num">{formatFigure(sample.prediction[at] ?? Number.NaN)}</td>
                </tr>
              ))}
            </tbody>
          </table>
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
