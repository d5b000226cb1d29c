import { Popover } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { openRuntimesDialog } from '../dialogs/fileDialogs.ts';
import { deviceText, failureText, noteText } from '../i18n/failureText.ts';
import { useHostStore } from '../stores/hostStore.ts';
import { Button } from '../ui/Button.tsx';
import { formatBytes } from '../ui/format.ts';
import { restartEngine } from './restartEngine.ts';

/** Which engine computes on what, how much memory it uses, and why it is not a faster one. */
export function EngineBadge() {
  const { t } = useTranslation();
  const connected = useHostStore((host) => host.connected);
  const engine = useHostStore((host) => host.engine);
  const state = connected ? (engine?.state ?? 'unknown') : 'unknown';
  const runtime = engine?.runtime ?? null;
  const tone = state === 'ready' ? 'ok' : state === 'failed' || state === 'unknown' ? 'danger' : 'warn';
  const label =
    connected && state === 'ready' && runtime
      ? `${runtime.label} · ${deviceText(runtime)}`
      : connected
        ? t(`shell.engineStates.${state}`)
        : t('shell.notConnected');
  const memory = engine?.memoryBytes ?? null;

  return (
    <Popover.Root>
      <Popover.Trigger className="engine" aria-label={`${t('shell.engine')}: ${label}`}>
        <i className={`led ${tone}`} />
        <span>{label}</span>
        {engine && memory !== null && (
          <span className="mem">
            <span className="bar">
              <i style={{ transform: `scaleX(${Math.min(1, memory / engine.totalMemoryBytes)})` }} />
            </span>
            <code>{formatBytes(memory)}</code>
          </span>
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          aria-label={t('shell.engine')}
          sideOffset={6}
          align="end"
          collisionPadding={8}
        >
          <h3>{connected ? t(`shell.engineStates.${state}`) : t('shell.notConnected')}</h3>
          {!connected && <p>{t('shell.reconnecting')}</p>}
          {engine && (
            <table className="wtable">
              <tbody>
                {runtime && (
                  <>
                    <tr>
                      <td>{t('shell.engineRuntime')}</td>
                      <td>{runtime.label}</td>
                    </tr>
                    <tr>
                      <td>{t('shell.engineDevice')}</td>
                      <td>{deviceText(runtime)}</td>
                    </tr>
                  </>
                )}
                {memory !== null && (
                  <tr>
                    <td>{t('shell.engineMemoryLabel')}</td>
                    <td>
                      {t('shell.engineMemory', {
                        used: formatBytes(memory),
                        total: formatBytes(engine.totalMemoryBytes),
                      })}
                    </td>
                  </tr>
                )}
              </tbody>
            </table>
          )}
          {runtime && runtime.notes.length > 0 && (
            <>
              <h3>{t('shell.engineNotes')}</h3>
              {runtime.notes.map((note) => (
                <p key={note.message} className="hint">
                  {noteText(note)}
                </p>
              ))}
            </>
          )}
          {runtime && runtime.notes.length === 0 && (
            <p className="hint">
              {/* Better ones were not tried where one was chosen by name. */}
              {t(engine?.requested == null ? 'shell.engineBest' : 'dialogs.runtimes.chosen')}
            </p>
          )}
          {engine?.lastExit && (
            <>
              <h3>{t('shell.engineLastExit')}</h3>
              <p className="hint">{failureText(engine.lastExit)}</p>
            </>
          )}
          <Popover.Close asChild>
            <Button className="mt-3 w-full" disabled={!connected} onClick={() => void openRuntimesDialog()}>
              {t('dialogs.runtimes.open')}
            </Button>
          </Popover.Close>
          <Button className="mt-2 w-full" disabled={!connected} onClick={() => void restartEngine()}>
            {t('shell.engineRestart')}
          </Button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
