import { useTranslation } from 'react-i18next';
import { DIGIT_SIZE } from '#shared/images/digitImage.ts';
import { argMax, classPart, formatClassValue } from '../ui/classValues.ts';
import { formatFigure } from '../ui/figures.ts';
import { SampleImage } from '../ui/SampleImage.tsx';
import type { Answer } from './createPredictor.ts';

/** Numbers shown of an answer that is no class. */
const MOST_NUMBERS = 16;

/** What the network makes of a drawing: classes as bars, a picture as a picture, else its numbers. */
export function AnswerBars({ answer }: { readonly answer: Answer | null }) {
  return answer && !answer.labels ? <Numbers values={answer.values} /> : <Bars answer={answer} />;
}

/** The answer of a network that gives back a picture, or predicts numbers. */
function Numbers({ values }: { readonly values: readonly number[] }) {
  const { t } = useTranslation();
  const isPicture = values.length === DIGIT_SIZE ** 2;
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-small font-medium">
        {t(isPicture ? 'dock.playground.givesBack' : 'dock.playground.answer')}
      </h3>
      {isPicture ? (
        <SampleImage
          value={{ shape: [DIGIT_SIZE, DIGIT_SIZE, 1], data: Float32Array.from(values) }}
          label={t('dock.playground.givesBack')}
          className="size-40 rounded-md border border-line-strong"
        />
      ) : (
        <p className="font-mono text-small break-words" data-testid="numbers">
          {values.slice(0, MOST_NUMBERS).map(formatFigure).join('  ')}
          {values.length > MOST_NUMBERS && ` … (${values.length})`}
        </p>
      )}
    </div>
  );
}

/** How likely the network finds each class, or how it scores them. */
function Bars({ answer }: { readonly answer: Answer | null }) {
  const { t } = useTranslation();
  const labels = answer?.labels ?? Array.from({ length: 10 }, (_none, index) => String(index));
  const best = answer ? argMax(answer.values) : -1;
  const scores = answer?.classValues === 'scores';
  const part = classPart(answer?.values ?? [], answer?.classValues ?? 'probabilities');
  return (
    <div className="flex min-h-0 flex-col gap-1.5">
      <h3 className="flex items-baseline gap-2 text-small font-medium">
        {t('dock.playground.answer')}
        {!answer && (
          <span className="font-normal text-caption text-text-3">{t('dock.playground.noAnswer')}</span>
        )}
        {scores && (
          <span className="font-normal text-caption text-text-3" title={t('dock.evaluate.scoresHelp')}>
            {t('dock.evaluate.scores')}
          </span>
        )}
      </h3>
      <p className="sr-only" role="status">
        {answer &&
          t(scores ? 'dock.playground.answerScore' : 'dock.playground.answerIs', {
            label: labels[best] ?? best,
            certainty: formatClassValue(answer.values[best] ?? 0, answer.classValues),
          })}
      </p>
      <div className="grid grid-cols-[fit-content(9rem)_minmax(3rem,1fr)_44px] items-center gap-x-2 gap-y-1 font-mono text-small">
        {labels.map((label, index) => {
          const value = answer?.values[index] ?? 0;
          const isBest = index === best;
          return (
            <div key={label} className="contents" data-answer={label} data-best={isBest}>
              <span
                title={label}
                className={`h-5 min-w-6 truncate rounded-xs px-1 text-center leading-5 ${isBest ? 'bg-accent-fill text-on-accent' : 'text-text-2'}`}
              >
                {label}
              </span>
              <span
                className="meter"
                style={
                  {
                    '--part': part(value).toFixed(4),
                    '--bar': isBest ? 'var(--accent)' : 'var(--n-7)',
                    height: '6px',
                  } as React.CSSProperties
                }
              >
                <i />
              </span>
              <span className="text-right text-text-2">
                {answer ? formatClassValue(value, answer.classValues, 3) : '–'}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
