import { LifeBuoy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Recovery } from '#shared/protocol/host.ts';
import { Button } from '../ui/Button.tsx';
import { formatMoment } from '../ui/figures.ts';

interface RecoveryNoticeProps {
  readonly copies: readonly Recovery[];
  readonly onRestore: (copy: Recovery) => void;
  readonly onDiscard: (copy: Recovery) => void;
}

/** Work that a crash would have lost: restore it or let it go. */
export function RecoveryNotice({ copies, onRestore, onDiscard }: RecoveryNoticeProps) {
  const { t } = useTranslation();
  if (copies.length === 0) return null;
  return (
    <section className="start-recovery" aria-label={t('start.recoveryTitle', { count: copies.length })}>
      <LifeBuoy size={18} className="mt-0.5 flex-none text-warn" aria-hidden />
      <div className="min-w-0 grow">
        <h2 className="text-body">{t('start.recoveryTitle', { count: copies.length })}</h2>
        <p className="text-small text-text-2">{t('start.recoveryText')}</p>
        <ul className="mt-2 flex flex-col gap-1.5">
          {copies.map((copy) => {
            const { name } = copy.document;
            return (
              <li key={copy.id} className="flex flex-wrap items-center gap-2" data-recovery={copy.id}>
                <span className="min-w-0 grow text-small">
                  {t('start.recoveryOf', { name, when: formatMoment(copy.savedAt) })}
                  <span className="block truncate text-caption text-text-3">
                    {copy.originalPath ?? t('start.neverSaved')}
                    {copy.originalPath !== null &&
                      !copy.newerThanOriginal &&
                      ` · ${t('start.recoveryOlder')}`}
                  </span>
                </span>
                <Button aria-label={t('start.discardName', { name })} onClick={() => onDiscard(copy)}>
                  {t('start.discard')}
                </Button>
                <Button
                  tone="solid"
                  aria-label={t('start.restoreName', { name })}
                  onClick={() => onRestore(copy)}
                >
                  {t('start.restore')}
                </Button>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}
