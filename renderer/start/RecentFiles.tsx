import { FileQuestion, Workflow, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RecentFile } from '#shared/protocol/host.ts';
import { IconButton } from '../ui/Button.tsx';
import { formatMoment } from '../ui/figures.ts';

interface RecentFilesProps {
  readonly files: readonly RecentFile[];
  readonly onOpen: (path: string) => void;
  readonly onForget: (path: string) => void;
}

/** Graphs opened lately; one that is gone says so and can be taken off the list. */
export function RecentFiles({ files, onOpen, onForget }: RecentFilesProps) {
  const { t } = useTranslation();
  if (files.length === 0) {
    return <p className="start-none">{t('start.noRecent')}</p>;
  }
  return (
    <ul className="start-recent">
      {files.map(({ path, name, openedAt, exists }) => (
        <li key={path} data-recent={path} data-exists={exists}>
          <button
            type="button"
            disabled={!exists}
            onClick={() => onOpen(path)}
            title={exists ? path : t('start.missingHelp', { name, path })}
          >
            {exists ? <Workflow size={16} aria-hidden /> : <FileQuestion size={16} aria-hidden />}
            <span className="min-w-0 grow text-left">
              <b className="block truncate text-body">{name}</b>
              <span className="block truncate text-caption text-text-3">
                {exists ? path : `${t('start.missing')} · ${path}`}
              </span>
            </span>
            <span className="flex-none text-caption text-text-3">{formatMoment(openedAt)}</span>
          </button>
          <IconButton className="sm" label={t('start.forget', { name })} onClick={() => onForget(path)}>
            <X size={13} />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
