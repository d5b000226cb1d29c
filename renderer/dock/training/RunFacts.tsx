import { useTranslation } from 'react-i18next';
import { formatCount } from '#shared/i18n/formatCount.ts';
import { isRunActive, type Progress, type RunRecord, type RunState } from '#shared/protocol/run.ts';
import { epochPlace } from '../../ui/epochPlace.ts';
import { formatDuration, formatMilliseconds } from '../../ui/format.ts';

interface RunFactsProps {
  readonly run: RunRecord | null;
  readonly state: RunState;
  readonly progress: Progress | null;
}

/** What is known of the run beside its curves. */
export function RunFacts({ run, state, progress }: RunFactsProps) {
  const { t } = useTranslation();
  const facts: [string, string][] = [[t('dock.training.state'), t(`dock.training.states.${state}`)]];
  if (progress) {
    facts.push(
      [
        t('dock.training.epoch'),
        t('dock.training.epochOf', {
          epoch: Math.min(epochPlace(progress).epoch, progress.epochs),
          epochs: progress.epochs,
        }),
      ],
      [
        t('dock.training.steps'),
        t('dock.training.stepsOf', {
          step: formatCount(progress.step),
          total: formatCount(progress.totalSteps),
        }),
      ],
    );
    // A single step has no pace yet.
    if (progress.msPerStep > 0) {
      facts.push([
        t('dock.training.speed'),
        t('dock.training.msPerStep', { value: formatMilliseconds(progress.msPerStep) }),
      ]);
    }
    if (isRunActive(state) && progress.etaSeconds !== null && progress.etaSeconds > 0) {
      facts.push([t('dock.training.remaining'), formatDuration(progress.etaSeconds)]);
    }
  }
  if (run?.bestStep !== undefined && run?.bestStep !== null) {
    facts.push([t('dock.training.best'), formatCount(run.bestStep)]);
  }
  if (run?.runtime) facts.push([t('dock.training.engine'), run.runtime.label]);
  return (
    <dl className="grid grid-cols-2 gap-1.5" aria-label={t('dock.training.facts')}>
      {facts.map(([name, value]) => (
        <div
          key={name}
          className="min-w-0 rounded-md bg-surface px-2.5 py-1 shadow-[inset_0_0_0_1px_var(--line)]"
        >
          <dt className="text-caption leading-[15px] text-text-3">{name}</dt>
          <dd
            className="truncate font-mono text-small leading-4"
            title={value}
            {...(name === t('dock.training.steps') && { 'data-fact': 'steps' })}
          >
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
