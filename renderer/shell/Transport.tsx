import { Pause, Play, Square, StepForward } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { blockingProblems } from '#shared/compile/blockingProblems.ts';
import { formatCount } from '#shared/i18n/formatCount.ts';
import { useShortcut } from '../commands/keymapStore.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { useHostStore } from '../stores/hostStore.ts';
import { selectRunActive, useRunStore } from '../stores/runStore.ts';
import { setView } from '../stores/viewStore.ts';
import { Tip } from '../ui/Button.tsx';
import { epochPlace } from '../ui/epochPlace.ts';
import { formatDuration, formatMilliseconds } from '../ui/format.ts';
import { train } from './appCommands.ts';

/** Train, pause, step, stop, with what the run is doing now. */
export function Transport() {
  const { t } = useTranslation();
  const state = useRunStore((run) => run.state);
  const active = useRunStore(selectRunActive);
  const { pause, step, stop } = useRunStore.getState();
  const connected = useHostStore((host) => host.connected);
  const blocking = useDocumentStore(({ analysis }) => blockingProblems(analysis).length);
  const trainKeys = useShortcut('train');
  const stopKeys = useShortcut('stop');
  const running = active && state !== 'paused';
  const idleLabel = state === 'paused' ? t('shell.resume') : t('shell.train');
  const startTraining = (): void => {
    if (blocking > 0 && !active) setView({ dockOpen: true, dockTab: 'problems' });
    else void train();
  };
  return (
    <fieldset className="transport" aria-label={t('shell.transport')}>
      <Tip
        label={blocking > 0 && !active ? t('shell.trainBlocked', { count: blocking }) : idleLabel}
        {...(trainKeys !== undefined && { shortcut: trainKeys })}
      >
        <button
          type="button"
          className="tp on"
          disabled={!connected}
          aria-disabled={running || undefined}
          onClick={running ? undefined : startTraining}
        >
          {running ? <i className="pulse" /> : <Play size={12} fill="currentColor" aria-hidden="true" />}
          <span>{running && state ? t(`shell.states.${state}`) : idleLabel}</span>
        </button>
      </Tip>
      <button
        type="button"
        className="tp"
        disabled={!running || !connected}
        aria-label={t('shell.pause')}
        onClick={() => void pause()}
      >
        <Pause size={12} fill="currentColor" strokeWidth={0} aria-hidden="true" />
        <span>{t('shell.pause')}</span>
      </button>
      <button
        type="button"
        className="tp"
        disabled={running || !connected || (!active && blocking > 0)}
        aria-label={t('shell.step')}
        onClick={() => void step()}
      >
        <StepForward size={12} aria-hidden="true" />
        <span>{t('shell.step')}</span>
      </button>
      <Tip label={t('shell.stop')} {...(stopKeys !== undefined && { shortcut: stopKeys })}>
        <button
          type="button"
          className="tp"
          disabled={!active || !connected}
          aria-label={t('shell.stop')}
          onClick={() => void stop()}
        >
          <Square size={11} fill="currentColor" strokeWidth={0} aria-hidden="true" />
          <span>{t('shell.stop')}</span>
        </button>
      </Tip>
    </fieldset>
  );
}

/** How far the run is. */
export function ProgressLine() {
  const { t } = useTranslation();
  const progress = useRunStore((run) => run.progress);
  const state = useRunStore((run) => run.state);
  const active = useRunStore(selectRunActive);
  const training = useDocumentStore((store) => store.document?.training);
  const prepared = useRunStore((run) => run.prepared);
  if (prepared && state === 'preparing') {
    const { done, total } = prepared;
    return (
      <div className="prog">
        <span>{t('shell.prepared', { done: formatCount(done), total: formatCount(total) })}</span>
        <span className="bar">
          <i style={{ transform: `scaleX(${done / Math.max(1, total)})` }} />
        </span>
      </div>
    );
  }
  if (!progress || !state) {
    return training && !state ? (
      <div className="prog">
        <span>{t('shell.idle', { epochs: training.epochs, batch: training.batchSize })}</span>
      </div>
    ) : null;
  }
  const { epoch, step } = epochPlace(progress);
  return (
    <div className="prog">
      <span>
        {!active && `${t(`shell.states.${state}`)} · `}
        {t('shell.epochOf')}{' '}
        <b>
          {epoch}/{progress.epochs}
        </b>{' '}
        · {t('shell.stepOf')}{' '}
        <b>
          {formatCount(step)}/{formatCount(progress.stepsPerEpoch)}
        </b>{' '}
        {progress.msPerStep > 0 && (
          <span className={active ? undefined : 'opt'}>
            {' '}
            · {t('shell.msPerStep', { value: formatMilliseconds(progress.msPerStep) })}
          </span>
        )}
        {active && progress.etaSeconds !== null && (
          <span className="opt">
            {' '}
            · {t('shell.eta')} <b>{formatDuration(progress.etaSeconds)}</b>
          </span>
        )}
      </span>
      <span className="bar">
        <i
          style={{ transform: `scaleX(${Math.min(1, progress.step / Math.max(1, progress.totalSteps))})` }}
        />
      </span>
    </div>
  );
}
