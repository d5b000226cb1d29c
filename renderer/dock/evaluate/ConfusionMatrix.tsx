import { useTranslation } from 'react-i18next';
import { formatPercent } from '../../ui/format.ts';
import { countErrors } from './classFigures.ts';

interface ConfusionMatrixProps {
  /** `confusion[true][predicted]` */
  readonly confusion: readonly (readonly number[])[];
  readonly labels: readonly string[];
  readonly open: { readonly truth: number; readonly predicted: number } | null;
  readonly onOpen: (cell: { truth: number; predicted: number }) => void;
}

/** What was taken for what; a click on a cell shows its samples. Right answers on the diagonal. */
export function ConfusionMatrix({ confusion, labels, open, onOpen }: ConfusionMatrixProps) {
  const { t } = useTranslation();
  const errors = countErrors(confusion);
  const total = confusion.flat().reduce((sum, count) => sum + count, 0);
  const most = Math.max(1, ...confusion.map((row, at) => row[at] ?? 0));
  const mostWrong = Math.max(
    1,
    ...confusion.flatMap((row, truth) => row.filter((_count, predicted) => predicted !== truth)),
  );
  return (
    <div className="flex h-full min-h-0 min-w-0 flex-col gap-1.5">
      <h3 className="flex items-baseline gap-2 text-small font-medium">
        <span className="flex-none">{t('dock.evaluate.confusion')}</span>
        <span className="min-w-0 truncate font-normal text-caption text-text-3">
          {t('dock.evaluate.predictedAxis')}
        </span>
        <span className="ml-auto flex-none font-normal text-caption text-text-2" data-testid="errors">
          {t('dock.evaluate.errors', {
            count: errors,
            accuracy: total === 0 ? '–' : formatPercent((total - errors) / total),
          })}
        </span>
      </h3>
      <div
        className="confusion min-h-0 grow"
        style={{
          gridTemplateColumns: `fit-content(88px) repeat(${labels.length}, minmax(0, 1fr))`,
          gridTemplateRows: `14px repeat(${labels.length}, minmax(0, 1fr))`,
        }}
      >
        <span className="confusion-head">{t('dock.evaluate.trueAxis')}</span>
        {labels.map((label) => (
          <span key={label} className="confusion-head" title={label}>
            <span>{label}</span>
          </span>
        ))}
        {confusion.map((row, truth) => [
          <span key={`head-${labels[truth]}`} className="confusion-head" title={labels[truth]}>
            <span>{labels[truth]}</span>
          </span>,
          ...row.map((count, predicted) => {
            const right = truth === predicted;
            const part = Math.sqrt(count / (right ? most : mostWrong));
            return (
              <button
                key={`${labels[truth]}-${labels[predicted]}`}
                type="button"
                className="confusion-cell"
                disabled={count === 0}
                data-kind={count === 0 ? 'none' : right ? 'right' : 'wrong'}
                data-long={count > 999}
                style={{ '--part': part.toFixed(3) } as React.CSSProperties}
                aria-pressed={open?.truth === truth && open.predicted === predicted}
                aria-label={t('dock.evaluate.cell', {
                  truth: labels[truth],
                  predicted: labels[predicted],
                  count,
                })}
                onClick={() => onOpen({ truth, predicted })}
              >
                {count === 0 ? '' : count}
              </button>
            );
          }),
        ])}
      </div>
    </div>
  );
}
