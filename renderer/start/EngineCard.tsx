import { useTranslation } from 'react-i18next';
import type { EngineStatus } from '#shared/protocol/engine.ts';
import { deviceText, failureText, noteText } from '../i18n/failureText.ts';
import { Button } from '../ui/Button.tsx';
import { formatBytes } from '../ui/format.ts';

interface EngineCardProps {
  /** Null until the host has answered. */
  readonly engine: EngineStatus | null;
  readonly onRestart: () => void;
}

/** What will compute, on what, and whether it is ready. */
export function EngineCard({ engine, onRestart }: EngineCardProps) {
  const { t } = useTranslation();
  const state = engine?.state ?? 'unknown';
  const tone = state === 'ready' ? 'ok' : state === 'starting' || state === 'restarting' ? 'warn' : 'danger';
  const { runtime = null, memoryBytes = null } = engine ?? {};
  return (
    <section className="start-engine" aria-label={t(`start.engine.${state}`)} data-engine={state}>
      <h2 className="flex items-center gap-2 text-small">
        <i className={`led ${tone}`} />
        {t(`start.engine.${state}`)}
      </h2>
      {runtime && (
        <dl>
          <dt>{t('start.engine.runtime')}</dt>
          <dd>{runtime.label}</dd>
          <dt>{t('start.engine.device')}</dt>
          <dd>{deviceText(runtime)}</dd>
          {engine && memoryBytes !== null && (
            <>
              <dt>{t('start.engine.memory')}</dt>
              <dd className="font-mono">
                {t('start.engine.memoryOf', {
                  used: formatBytes(memoryBytes),
                  total: formatBytes(engine.totalMemoryBytes),
                })}
              </dd>
            </>
          )}
        </dl>
      )}
      {engine && memoryBytes !== null && (
        <span
          className="meter mt-1"
          style={
            {
              '--part': Math.min(1, memoryBytes / engine.totalMemoryBytes).toFixed(3),
              '--bar': 'var(--ok)',
            } as React.CSSProperties
          }
        >
          <i />
        </span>
      )}
      {runtime && runtime.notes.length > 0 && (
        <details className="text-caption text-text-3">
          <summary>{t('start.engine.notes')}</summary>
          {runtime.notes.map((note) => (
            <p key={note.message} className="mt-1 break-words">
              {noteText(note)}
            </p>
          ))}
        </details>
      )}
      {(state === 'failed' || state === 'stopped') && (
        <>
          {engine?.lastExit && (
            <p className="text-caption break-words text-text-2">{failureText(engine.lastExit)}</p>
          )}
          <Button size="sm" onClick={onRestart}>
            {t('start.engine.restart')}
          </Button>
        </>
      )}
    </section>
  );
}
