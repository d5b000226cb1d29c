import { CircleCheck, Download, ShieldCheck, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PackId, PackTask, RuntimesStatus } from '#shared/protocol/runtimes.ts';
import { Button } from '../ui/Button.tsx';
import { formatBytes } from '../ui/format.ts';

interface RuntimePacksProps {
  /** Null while it is read. */
  readonly status: RuntimesStatus | null;
  readonly onInstall: (id: PackId) => void;
  readonly onVerify: (id: PackId) => void;
  readonly onRemove: (id: PackId) => void;
  readonly onClean: () => void;
  readonly onCancel: () => void;
}

/** The packs that are installed and that can be, what is being done with them, and the disk that they take. */
export function RuntimePacks({
  status,
  onInstall,
  onVerify,
  onRemove,
  onClean,
  onCancel,
}: RuntimePacksProps) {
  const { t } = useTranslation();
  if (!status) return <p className="text-small text-text-2">{t('dialogs.runtimes.reading')}</p>;
  const { packs, available, task, outcome, space } = status;
  const busy = task !== null;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-small font-medium">{t('dialogs.runtimes.packs')}</h3>
      <ul className="runtime-packs">
        {packs.map(({ id, version, path, bytes, removable, shadowed }) => (
          <li key={path}>
            <span className="min-w-0">
              <b>{t('dialogs.runtimes.pack', { name: t(`dialogs.runtimes.engines.${id}`), version })}</b>
              <small>
                {formatBytes(bytes)} · {path}
                {shadowed && ` · ${t('dialogs.runtimes.shadowed')}`}
              </small>
            </span>
            {!shadowed && (
              <Button size="sm" disabled={busy} onClick={() => onVerify(id)}>
                <ShieldCheck size={13} aria-hidden />
                {t('dialogs.runtimes.verify')}
              </Button>
            )}
            {removable && (
              <Button size="sm" tone="danger" disabled={busy} onClick={() => onRemove(id)}>
                <Trash2 size={13} aria-hidden />
                {t('dialogs.runtimes.remove')}
              </Button>
            )}
          </li>
        ))}
        {available.map(({ id, version, how, bytes }) => (
          <li key={id}>
            <span className="min-w-0">
              <b>{t('dialogs.runtimes.pack', { name: t(`dialogs.runtimes.engines.${id}`), version })}</b>
              <small>
                {how === 'download' && bytes !== null
                  ? t('dialogs.runtimes.download', { size: formatBytes(bytes) })
                  : t('dialogs.runtimes.build')}
              </small>
            </span>
            <Button size="sm" tone="primary" disabled={busy} onClick={() => onInstall(id)}>
              <Download size={13} aria-hidden />
              {t('dialogs.runtimes.install')}
            </Button>
          </li>
        ))}
        {packs.length + available.length === 0 && <li>{t('dialogs.runtimes.none')}</li>}
      </ul>
      {task && <TaskProgress task={task} onCancel={onCancel} />}
      {!task && outcome?.failure && (
        <p role="alert" className="dialog-error">
          {outcome.failure.message}
        </p>
      )}
      {!task && outcome && !outcome.failure && (
        <p role="status" className="flex items-center gap-1.5 text-small">
          <CircleCheck size={14} className="text-ok" aria-hidden />
          {t(`dialogs.runtimes.ended.${outcome.kind}`, { pack: outcome.id ?? '' })}
        </p>
      )}
      <p className="flex items-center gap-2 text-caption text-text-2">
        <span className="grow">
          {t('dialogs.runtimes.space', {
            packs: formatBytes(space.packs),
            unused: formatBytes(space.unused),
            runs: formatBytes(space.runs),
            caches: formatBytes(space.caches),
            free: formatBytes(space.free),
          })}
        </span>
        {space.unused > 0 && (
          <Button size="sm" disabled={busy} onClick={onClean}>
            {t('dialogs.runtimes.clean', { size: formatBytes(space.unused) })}
          </Button>
        )}
      </p>
    </section>
  );
}

function TaskProgress({ task, onCancel }: { readonly task: PackTask; readonly onCancel: () => void }) {
  const { t } = useTranslation();
  const { phase, done, total } = task;
  const label = t(`dialogs.runtimes.phases.${phase}`);
  const known = done !== null && total !== null && total > 0;
  return (
    <div className="runtime-task">
      <span className="grow text-small">
        {label}
        {known && ` ${t('dialogs.runtimes.amount', { done: formatBytes(done), total: formatBytes(total) })}`}
      </span>
      <Button size="sm" onClick={onCancel}>
        {t('dialogs.cancel')}
      </Button>
      <progress aria-label={label} {...(known && { value: Math.min(done, total), max: total })} />
    </div>
  );
}
