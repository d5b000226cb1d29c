import { useTranslation } from 'react-i18next';
import type { ClassFigures } from './classFigures.ts';

interface PerClassProps {
  readonly figures: readonly ClassFigures[];
  readonly labels: readonly string[];
}

/** Bars begin at a round figure below the lowest, stated beside them, so that differences show. */
function axisLow(figures: readonly ClassFigures[]): number {
  const all = figures.flatMap(({ precision, recall }) => [precision ?? 1, recall ?? 1]);
  const low = Math.min(1, ...all);
  return low >= 0.95 ? Math.floor(low * 100 - 0.001) / 100 : low >= 0.5 ? Math.floor(low * 10) / 10 : 0;
}

/** Precision and recall of each class. */
export function PerClass({ figures, labels }: PerClassProps) {
  const { t } = useTranslation();
  const low = Math.max(0, axisLow(figures));
  const bar = (value: number | null, color: string) => (
    <>
      <span
        className="meter"
        style={
          {
            '--part': (value === null ? 0 : Math.max(0, (value - low) / (1 - low))).toFixed(4),
            '--bar': color,
          } as React.CSSProperties
        }
      >
        <i />
      </span>
      <span className="text-right">{value === null ? '–' : (value * 100).toFixed(1)}</span>
    </>
  );
  return (
    <div className="flex min-h-0 flex-col gap-1.5">
      <h3 className="flex items-baseline gap-2 text-small font-medium">
        {t('dock.evaluate.perClass')}
        <span className="font-normal text-caption text-text-3">
          {t('dock.evaluate.barAxis', { low: Math.round(low * 100) })}
        </span>
      </h3>
      <div className="grid min-h-0 grid-cols-[fit-content(96px)_1fr_34px_1fr_34px] items-center gap-x-2 gap-y-[3px] overflow-y-auto font-mono text-caption">
        <span />
        <span className="col-span-2 flex items-center gap-1.5 font-sans text-text-2">
          <i className="size-2 rounded-xs bg-train" />
          {t('dock.evaluate.precision')}
        </span>
        <span className="col-span-2 flex items-center gap-1.5 font-sans text-text-2">
          <i className="size-2 rounded-xs bg-validation" />
          {t('dock.evaluate.recall')}
        </span>
        {figures.map(({ index, precision, recall }) => (
          <div key={index} className="contents" data-class={labels[index] ?? index}>
            <span className="truncate text-text-3">{labels[index] ?? index}</span>
            {bar(precision, 'var(--s-train)')}
            {bar(recall, 'var(--s-val)')}
          </div>
        ))}
      </div>
    </div>
  );
}
