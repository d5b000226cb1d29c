import { ArrowUp, File, FileQuestion, Folder, FolderPlus } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DOCUMENT_EXTENSION } from '#shared/graph/document.ts';
import type { FileEntry } from '#shared/protocol/host.ts';
import { useHostStore } from '../stores/hostStore.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { formatMoment } from '../ui/figures.ts';
import { formatBytes } from '../ui/format.ts';
import { Dialog } from './Dialog.tsx';
import { isFileName, joinPath, useFolder } from './useFolder.ts';

interface FileDialogProps {
  readonly title: string;
  /**
   * `open` picks an existing graph, `pack` an archive, `data` a table, `data-folder` the folder that is open,
   * `save` names a graph, `export` a file or folder to write.
   */
  readonly purpose: 'open' | 'pack' | 'data' | 'data-folder' | 'save' | 'export';
  readonly suggested?: string;
  readonly onAnswer: (path: string | null) => void;
}

/** Names of the files that are shown. */
const shownEndings: Readonly<Record<FileDialogProps['purpose'], readonly string[]>> = {
  open: ['.json'],
  pack: ['.tar.gz', '.tgz', '.zip'],
  data: ['.csv', '.tsv', '.tab', '.txt', '.data'],
  'data-folder': [],
  save: ['.json'],
  export: [''],
};

/** Arrows, Home and End lead from one entry to another. */
function moveAmongFiles(event: KeyboardEvent<HTMLElement>): void {
  const entries = [
    ...(event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[role=option]') ?? []),
  ];
  const at = entries.indexOf(event.currentTarget);
  const places: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(at + 1, entries.length - 1),
    ArrowUp: Math.max(at - 1, 0),
    Home: 0,
    End: entries.length - 1,
  };
  const to = places[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  entries[to]?.focus();
}

/** The file browser of browser mode: folders and graphs under the root that the host shows. */
export function FileDialog({ title, purpose, suggested = '', onAnswer }: FileDialogProps) {
  const { t } = useTranslation();
  const root = useHostStore((host) => host.info?.filesRoot ?? '');
  const { folder, error, go, makeFolder } = useFolder();
  const [name, setName] = useState(suggested);
  const [chosen, setChosen] = useState<FileEntry | null>(null);
  const [overwriting, setOverwriting] = useState<string | null>(null);
  const [folderName, setFolderName] = useState<string | null>(null);
  const [nameWrong, setNameWrong] = useState(false);
  const nameId = useId();
  const list = useRef<HTMLDivElement>(null);
  const picksFolder = purpose === 'data-folder';
  const opening = picksFolder || purpose === 'open' || purpose === 'pack' || purpose === 'data';
  const shown = folder?.entries.filter(
    (entry) => entry.kind === 'folder' || shownEndings[purpose].some((end) => entry.name.endsWith(end)),
  );

  // The keyboard begins in the list, in every folder anew.
  const at = opening ? folder?.path : undefined;
  useEffect(() => {
    if (at !== undefined) list.current?.querySelector<HTMLElement>('[role=option]')?.focus();
  }, [at]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!folder) return;
    if (picksFolder) {
      onAnswer(folder.path);
      return;
    }
    if (opening) {
      if (chosen) onAnswer(chosen.path);
      return;
    }
    if (!isFileName(name)) {
      setNameWrong(true);
      return;
    }
    const full =
      purpose === 'save' && !name.endsWith('.json') ? `${name.trim()}${DOCUMENT_EXTENSION}` : name.trim();
    if (folder.entries.some((entry) => entry.name === full)) setOverwriting(full);
    else onAnswer(joinPath(folder.path, full));
  };
  const pick = (entry: FileEntry): void => {
    if (entry.kind === 'folder') {
      setChosen(null);
      void go(entry.path);
      return;
    }
    if (picksFolder) return;
    setChosen(entry);
    if (!opening) setName(entry.name);
  };

  if (overwriting !== null && folder) {
    return (
      <Dialog
        title={t('dialogs.overwriteTitle', { name: overwriting })}
        description={t('dialogs.overwriteText')}
        onDismiss={() => setOverwriting(null)}
      >
        <div className="dialog-actions">
          <Button autoFocus onClick={() => setOverwriting(null)}>
            {t('dialogs.keepBoth')}
          </Button>
          <Button tone="danger" onClick={() => onAnswer(joinPath(folder.path, overwriting))}>
            {t('dialogs.overwrite')}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={title}
      width="wide"
      description={t('dialogs.underRoot', { root })}
      onDismiss={() => onAnswer(null)}
    >
      <form className="contents" onSubmit={submit}>
        <div className="flex items-center gap-1.5">
          <IconButton
            label={t('dialogs.up')}
            disabled={!folder || folder.parent === null}
            onClick={() => folder?.parent && void go(folder.parent)}
          >
            <ArrowUp size={15} />
          </IconButton>
          <code
            className="min-w-0 grow truncate text-small text-text-2"
            title={folder?.path}
            data-testid="folder"
          >
            {folder?.path}
          </code>
          {folderName === null ? (
            <Button onClick={() => setFolderName('')}>
              <FolderPlus size={14} />
              {t('dialogs.newFolder')}
            </Button>
          ) : (
            <span className="flex gap-1.5">
              <input
                autoFocus
                aria-label={t('dialogs.newFolderName')}
                className="inp w-44"
                value={folderName}
                onChange={(event) => setFolderName(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter') return;
                  event.preventDefault();
                  if (isFileName(folderName))
                    void makeFolder(folderName).then((made) => made && setFolderName(null));
                }}
              />
              <Button
                disabled={!isFileName(folderName)}
                onClick={() => void makeFolder(folderName).then((made) => made && setFolderName(null))}
              >
                {t('dialogs.create')}
              </Button>
            </span>
          )}
        </div>
        {error && (
          <p role="alert" className="dialog-error">
            {error.message}
          </p>
        )}
        <div
          className="file-list"
          ref={list}
          {...(shown &&
            shown.length > 0 && {
              role: 'listbox',
              'aria-label': folder?.path ?? t('dialogs.home'),
              tabIndex: -1,
            })}
        >
          {!shown && !error && <p className="p-3 text-small text-text-3">{t('dialogs.loading')}</p>}
          {shown?.length === 0 && (
            <p className="p-3 text-small text-text-3">
              {t(
                purpose === 'pack'
                  ? 'dialogs.noPacks'
                  : purpose === 'open'
                    ? 'dialogs.noGraphs'
                    : purpose === 'data'
                      ? 'dialogs.noTables'
                      : 'dialogs.emptyFolder',
              )}
            </p>
          )}
          {shown?.map((entry) => (
            <button
              key={entry.path}
              type="button"
              role="option"
              aria-selected={chosen?.path === entry.path}
              className="file-row"
              onClick={() => pick(entry)}
              onKeyDown={(event) => {
                moveAmongFiles(event);
                // Enter chooses, and once more opens what is chosen.
                if (event.key !== 'Enter' || !opening || chosen?.path !== entry.path) return;
                event.preventDefault();
                onAnswer(entry.path);
              }}
              onDoubleClick={() => opening && !picksFolder && entry.kind === 'file' && onAnswer(entry.path)}
            >
              <EntryIcon entry={entry} />
              <span className="truncate">{entry.name}</span>
              <small>{entry.kind === 'file' ? formatBytes(entry.size) : t('dialogs.folder')}</small>
              <small>{formatMoment(entry.modifiedAt)}</small>
            </button>
          ))}
        </div>
        {!opening && (
          <div>
            <label htmlFor={nameId} className="mb-1 block text-caption text-text-3">
              {t('dialogs.name')}
            </label>
            <input
              id={nameId}
              autoFocus
              className="inp"
              spellCheck={false}
              value={name}
              onFocus={(event) => event.currentTarget.select()}
              aria-invalid={nameWrong}
              onChange={(event) => {
                setName(event.target.value);
                setNameWrong(false);
              }}
            />
            {nameWrong && (
              <p role="alert" className="mt-1 text-caption text-danger">
                {t('dialogs.invalidName')}
              </p>
            )}
          </div>
        )}
        <div className="dialog-actions">
          <Button onClick={() => onAnswer(null)}>{t('dialogs.cancel')}</Button>
          <Button type="submit" tone="primary" disabled={opening && !picksFolder ? chosen === null : !folder}>
            {t(
              picksFolder
                ? 'dialogs.chooseFolder'
                : opening
                  ? 'dialogs.open'
                  : purpose === 'save'
                    ? 'dialogs.save'
                    : 'dialogs.choose',
            )}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function EntryIcon({ entry }: { readonly entry: FileEntry }) {
  if (entry.kind === 'folder') return <Folder size={14} className="text-accent" aria-hidden />;
  const Icon = entry.name.endsWith(DOCUMENT_EXTENSION) ? File : FileQuestion;
  return <Icon size={14} className="text-text-3" aria-hidden />;
}
