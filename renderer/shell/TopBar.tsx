import { File, Moon, Redo2, Search, Sun, SunMoon, Undo2, Upload } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../commands/keymapStore.ts';
import { exportPicture } from '../files/exportPicture.ts';
import { commandText } from '../i18n/commandText.ts';
import { redoEdit, selectUnsaved, showStart, undoEdit, useDocumentStore } from '../stores/documentStore.ts';
import { useRunStore } from '../stores/runStore.ts';
import { setView, useViewStore } from '../stores/viewStore.ts';
import { Button, IconButton, Kbd, Tip } from '../ui/Button.tsx';
import { menuHost } from '../ui/menuHost.ts';
import {
  closeTab,
  exportModel,
  newDocument,
  openWithDialog,
  saveDocument,
  saveDocumentAs,
} from './appCommands.ts';
import { EngineBadge } from './EngineBadge.tsx';
import { HistoryMenu } from './HistoryMenu.tsx';
import { Logo } from './Logo.tsx';
import { showPanel } from './shellStore.ts';
import { ProgressLine, Transport } from './Transport.tsx';

/** Document, training and engine, always in sight. */
export function TopBar() {
  const { t } = useTranslation();
  const editing = useDocumentStore((state) => state.document !== null && !state.startOpen);
  const hasRun = useRunStore((run) => run.currentRunId !== null);
  return (
    <header className="topbar">
      <div className="tb tb-l">
        <Tip label={t('shell.start')}>
          <button
            type="button"
            className="logo"
            aria-label={t('shell.start')}
            onClick={() => showStart(true)}
          >
            <Logo />
          </button>
        </Tip>
        {editing && <DocumentMenu />}
        {editing && <UndoButtons />}
      </div>
      {editing && (
        <div className="tb tb-c">
          <Transport />
          <ProgressLine />
        </div>
      )}
      <div className="tb">
        <EngineBadge />
        <ThemeMenu />
        <PaletteButton />
        {editing && (
          <Button tone="solid" disabled={!hasRun} onClick={() => void exportModel()}>
            <Upload size={14} aria-hidden="true" />
            {t('shell.export')}
          </Button>
        )}
      </div>
    </header>
  );
}

function DocumentMenu() {
  const { t } = useTranslation();
  const name = useDocumentStore((state) => state.document?.name);
  const unsaved = useDocumentStore(selectUnsaved);
  const entries = [
    { label: t('shell.newDocument'), keys: useShortcut('new'), run: newDocument },
    { label: t('shell.open'), keys: useShortcut('open'), run: openWithDialog },
    { label: t('shell.save'), keys: useShortcut('save'), run: saveDocument },
    { label: t('shell.saveAs'), keys: useShortcut('save-as'), run: saveDocumentAs },
    { label: t('shell.pictureSvg'), keys: undefined, run: () => exportPicture('svg') },
    { label: t('shell.picturePng'), keys: undefined, run: () => exportPicture('png') },
    { label: t('compare.start'), keys: useShortcut('compare'), run: () => showPanel('compare') },
    { label: t('shell.close'), keys: useShortcut('close-tab'), run: () => closeTab() },
  ];
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="doc" aria-label={t('shell.document')}>
        <File size={14} aria-hidden="true" />
        <span>{name || t('shell.untitled')}</span>
        {unsaved && <i className="dirty" role="img" aria-label={t('shell.unsaved')} />}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={menuHost()}>
        <DropdownMenu.Content className="menu min-w-52" align="start" sideOffset={6}>
          {entries.map(({ label, keys, run }) => (
            <DropdownMenu.Item key={label} className="menu-item" onSelect={() => void run()}>
              {label}
              {keys !== undefined && <Kbd>{keys}</Kbd>}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function UndoButtons() {
  const { t } = useTranslation();
  const undone = useDocumentStore(({ history }) => history?.past.at(-1));
  const redone = useDocumentStore(({ history }) => history?.future[0]);
  const undoKeys = useShortcut('undo');
  const redoKeys = useShortcut('redo');
  return (
    <>
      <i className="sep" />
      <IconButton
        label={undone ? t('shell.undoOf', { edit: commandText(undone) }) : t('shell.undo')}
        {...(undoKeys !== undefined && { shortcut: undoKeys })}
        disabled={!undone}
        onClick={undoEdit}
      >
        <Undo2 size={16} />
      </IconButton>
      <IconButton
        label={redone ? t('shell.redoOf', { edit: commandText(redone) }) : t('shell.redo')}
        {...(redoKeys !== undefined && { shortcut: redoKeys })}
        disabled={!redone}
        onClick={redoEdit}
      >
        <Redo2 size={16} />
      </IconButton>
      <HistoryMenu />
    </>
  );
}

/** Opens the palette: every command by name. */
function PaletteButton() {
  const { t } = useTranslation();
  const keys = useShortcut('palette');
  return (
    <button
      type="button"
      className="palette-button"
      aria-label={t('palette.open')}
      onClick={() => showPanel('palette')}
    >
      <Search size={14} aria-hidden="true" />
      {keys !== undefined && <Kbd>{keys}</Kbd>}
    </button>
  );
}

const themes = [
  { id: 'dark', Icon: Moon },
  { id: 'light', Icon: Sun },
  { id: 'system', Icon: SunMoon },
] as const;

function ThemeMenu() {
  const { t } = useTranslation();
  const theme = useViewStore((view) => view.theme);
  const Current = themes.find(({ id }) => id === theme)?.Icon ?? SunMoon;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="ib" aria-label={t('shell.theme')}>
        <Current size={16} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={menuHost()}>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
          <DropdownMenu.RadioGroup
            value={theme}
            onValueChange={(value) => setView({ theme: value as (typeof themes)[number]['id'] })}
          >
            {themes.map(({ id, Icon }) => (
              <DropdownMenu.RadioItem key={id} value={id} className="menu-item">
                <Icon size={14} aria-hidden="true" />
                {t(`shell.themes.${id}`)}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
