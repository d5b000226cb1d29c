import { useTranslation } from 'react-i18next';
import type { Answer } from './createPredictor.ts';

/** How likely the network finds each class. */
export function AnswerBars({ answer }: { readonly answer: Answer | null }) {
  const { t } = useTranslation();
  const labels = answer?.labels ?? Array.from({ length: 10 }, (_none, index) => String(index));
  const best = answer
    ? answer.values.reduce((at, value, i) => (value > (answer.values[at] ?? 0) ? i : at), 0)
    : -1;
  return (
    <div className="flex min-h-0 flex-col gap-1.5">
      <h3 className="flex items-baseline gap-2 text-small font-medium">
        {t('dock.playground.answer')}
        {!answer && (
          <span className="font-normal text-caption text-text-3">{t('dock.playground.noAnswer')}</span>
        )}
      </h3>
      <p className="sr-only" role="status">
        {answer &&
          t('dock.playground.answerIs', {
            label: labels[best] ?? best,
            certainty: (answer.values[best] ?? 0).toFixed(2),
          })}
      </p>
      <div className="grid grid-cols-[24px_1fr_44px] items-center gap-x-2 gap-y-1 font-mono text-small">
        {labels.map((label, index) => {
          const value = answer?.values[index] ?? 0;
          const isBest = index === best;
          return (
            <div key={label} className="contents" data-answer={label} data-best={isBest}>
              <span
                className={`grid h-5 place-items-center rounded-xs ${isBest ? 'bg-accent-fill text-on-accent' : 'text-text-2'}`}
              >
                {label}
              </span>
              <span
                className="meter"
                style={
                  {
                    '--part': value.toFixed(4),
                    '--bar': isBest ? 'var(--accent)' : 'var(--n-7)',
                    height: '6px',
                  } as React.CSSProperties
                }
              >
                <i />
              </span>
              <span className="text-right text-text-2">{answer ? value.toFixed(3) : '–'}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
