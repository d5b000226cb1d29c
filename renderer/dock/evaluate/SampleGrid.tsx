import { useTranslation } from 'react-i18next';
import type { ClassValues, Sample } from '#shared/protocol/run.ts';
import { argMax, classPart, formatClassValue } from '../../ui/classValues.ts';
import { formatFigure } from '../../ui/figures.ts';
import { SampleImage } from '../../ui/SampleImage.tsx';
import { areCharacters, countRightPlaces, isManyPlaces } from './places.ts';
import { SamplePicture } from './SamplePicture.tsx';

interface SampleGridProps {
  readonly samples: readonly Sample[];
  readonly labels: readonly string[] | null;
  readonly classValues: ClassValues;
  readonly chosen: number | null;
  readonly onChoose: (index: number) => void;
}

/** The first numbers of many: nobody reads, or listens to, all of a picture's. */
function few(values: readonly number[]): string {
  return `${values.slice(0, 4).map(formatFigure).join(' ')}${values.length > 4 ? ' …' : ''}`;
}

/** Pictures with the network's answers: predicted ← true, and how certain it was. */
export function SampleGrid({ samples, labels, classValues, chosen, onChoose }: SampleGridProps) {
  const { t } = useTranslation();
  const long = labels?.some((label) => label.length > 3) ?? false;
  // Answers that are texts, letter by letter.
  const spelled = labels !== null && areCharacters(labels);
  // Names of classes, forecasts and pairs need more room than a digit.
  const wide = long || samples.some(({ input, other }) => other || input.shape.length < 3);
  return (
    <ul
      className={`grid gap-x-2 gap-y-1.5 ${wide ? 'grid-cols-[repeat(auto-fill,minmax(84px,1fr))]' : 'grid-cols-[repeat(auto-fill,minmax(46px,1fr))]'}`}
      data-testid="samples"
    >
      {samples.map((sample) => {
        const predicted = argMax(sample.prediction);
        const certainty = sample.prediction[predicted] ?? 0;
        const truth = sample.target[0] ?? 0;
        const many = isManyPlaces(sample, labels);
        const places = { right: countRightPlaces(sample), total: sample.target.length };
        const name = many
          ? t('dock.evaluate.samplePlaces', { index: sample.index, ...places })
          : labels
            ? t(classValues === 'scores' ? 'dock.evaluate.sampleScore' : 'dock.evaluate.sample', {
                index: sample.index,
                truth: labels[truth] ?? truth,
                predicted: labels[predicted] ?? predicted,
                certainty: formatClassValue(certainty, classValues),
              })
            : t('dock.evaluate.sampleValue', {
                index: sample.index,
                target: few(sample.target),
                predicted: few(sample.prediction),
              });
        return (
          <li key={sample.index} className="min-w-0">
            <button
              type="button"
              aria-label={name}
              title={name}
              aria-pressed={chosen === sample.index}
              onClick={() => onChoose(sample.index)}
              className="block w-full rounded-sm p-0.5 text-center font-mono text-micro leading-3.5 aria-pressed:shadow-[0_0_0_2px_var(--accent)]"
            >
              <SamplePicture sample={sample} labels={labels} className="aspect-square w-full" />
              {many ? (
                <>
                  {spelled && (
                    <span className="block truncate">
                      {sample.prediction.map((label) => labels?.[label] ?? '').join('')}
                    </span>
                  )}
                  <span className={sample.correct ? 'text-ok' : 'text-text-2'}>
                    {places.right}/{places.total}
                  </span>
                </>
              ) : labels ? (
                <>
                  <span
                    className="meter mt-0.5"
                    style={
                      {
                        '--part': classPart(sample.prediction, classValues)(certainty).toFixed(3),
                        '--bar': sample.correct ? 'var(--ok)' : 'var(--danger)',
                        height: '2px',
                      } as React.CSSProperties
                    }
                  >
                    <i />
                  </span>
                  <span className={long ? 'block truncate' : undefined}>
                    <span className="text-text-3">{labels[truth] ?? truth}→</span>
                    <span className={sample.correct ? 'text-ok' : 'text-danger'}>
                      {labels[predicted] ?? predicted}
                    </span>
                  </span>{' '}
                  <span className="text-text-2">{formatClassValue(certainty, classValues)}</span>
                </>
              ) : sample.prediction.length === sample.input.data.length ? (
                <SampleImage
                  value={{ ...sample.input, data: Float32Array.from(sample.prediction) }}
                  className="mt-0.5 aspect-square w-full rounded-xs"
                />
              ) : (
                <>
                  <span className="block truncate text-text-3">
                    {formatFigure(sample.target[0] ?? Number.NaN)}
                  </span>
                  <span className="block truncate text-text-2">
                    {formatFigure(sample.prediction[0] ?? Number.NaN)}
                  </span>
                </>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
