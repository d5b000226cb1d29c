import { RotateCcw, Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Chord, chordOf, formatChord } from '../commands/chord.ts';
import { commandGroups, useCommandStore, type WindowCommand } from '../commands/commandStore.ts';
import {
  type KeyChange,
  keysOf,
  resetKeys,
  restoreKeys,
  setKeys,
  useKeymapStore,
} from '../commands/keymapStore.ts';
import { Button, Kbd } from '../ui/Button.tsx';
import { fuzzyQuery } from '../ui/fuzzy.ts';

/** Keys as people may write them: `ctrl shift z` for `Mod+Shift+Z`, `Ctrl ⇧ Z` and `ctrl+shift+z`. */
const inWords = (keys: string): string =>
  keys
    .toLowerCase()
    .replace('mod', 'ctrl')
    .replace('⌘', 'ctrl')
    .replace('⇧', 'shift')
    .split(/[\s+]+/)
    .filter((key) => key !== '')
    .join(' ');

/** Every command with its keys, to be changed. */
export function KeySettings() {
  const { t } = useTranslation();
  const commands = useCommandStore((store) => store.commands);
  const keymap = useKeymapStore();
  const [query, setQuery] = useState('');
  const [asking, setAsking] = useState<string | null>(null);
  const [notice, setNotice] = useState<Notice | null>(null);
  useKeyCapture(asking, setAsking, setNotice);
  const ask = (id: string): void => {
    setNotice(null);
    setAsking(id);
  };
  const nameOf = ({ id }: WindowCommand): string => t(`commandNames.${id}`);
  // Keys that are written out are those alone: every command has some of their letters.
  const written = /\S[\s+]\S/.test(query) ? inWords(query) : null;
  const has = (command: WindowCommand): boolean =>
    keysOf(command, keymap).some((chord) => inWords(chord) === written);
  const exact = commands.some(has);
  const shown = commandGroups.flatMap((group) =>
    commands.filter(
      (command) =>
        command.group === group &&
        (!exact || has(command)) &&
        (exact ||
          query.trim() === '' ||
          fuzzyQuery(query, [
            [nameOf(command), 1],
            [
              keysOf(command, keymap)
                .map((chord) => formatChord(chord))
                .join(' '),
              1,
            ],
          ]) > 0),
    ),
  );
  return (
    <section className="flex min-h-0 flex-col gap-2" aria-label={t('settings.keys')}>
      <div className="flex items-center gap-2">
        <h3 className="grow text-small font-medium">{t('settings.keys')}</h3>
        <Button
          size="sm"
          disabled={Object.keys(keymap.chosen).length === 0}
          onClick={() => {
            setNotice(null);
            resetKeys();
          }}
        >
          {t('settings.resetAll')}
        </Button>
      </div>
      <p className="hint">{t('settings.keysHelp')}</p>
      <div className="field">
        <Search size={14} aria-hidden="true" />
        <input
          type="search"
          aria-label={t('settings.filter')}
          placeholder={t('settings.filter')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      <ul className="key-list">
        {shown.length === 0 && <li className="hint p-3">{t('settings.none', { query })}</li>}
        {shown.map((command) => (
          <KeyRow
            key={command.id}
            command={command}
            name={nameOf(command)}
            asking={asking === command.id}
            onAsk={() => ask(command.id)}
          />
        ))}
      </ul>
      <div className="key-notice" role="status">
        {asking !== null ? (
          <p>{t('settings.pressHelp', { command: t(`commandNames.${asking}`) })}</p>
        ) : (
          notice && <KeyNotice notice={notice} onClose={() => setNotice(null)} />
        )}
      </div>
    </section>
  );
}

/** What is to be said of the keys that were given last. */
interface Notice extends KeyChange {
  readonly command: string;
  readonly chord: Chord;
  /** The keys that were chosen before. */
  readonly before: Readonly<Record<string, readonly Chord[]>>;
}

/** Says from which command keys were taken, or that they cannot be had. */
function KeyNotice({ notice, onClose }: { readonly notice: Notice; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { chord, command, takenFrom, keptBy, before } = notice;
  const nameOf = (id: string): string => t(`commandNames.${id}`);
  const keys = formatChord(chord);
  if (keptBy !== null) {
    return <p className="text-danger">{t('settings.kept', { keys, command: nameOf(keptBy) })}</p>;
  }
  return (
    <>
      <p className="grow">
        {t('settings.taken', {
          keys,
          command: nameOf(command),
          from: takenFrom.map((id) => `“${nameOf(id)}”`).join(', '),
        })}
      </p>
      <Button
        size="sm"
        onClick={() => {
          restoreKeys(before);
          onClose();
        }}
      >
        {t('settings.takeBack')}
      </Button>
    </>
  );
}

/** Takes the next keys for the command that asks, before anything else sees them. */
function useKeyCapture(
  asking: string | null,
  setAsking: (id: string | null) => void,
  setNotice: (notice: Notice | null) => void,
): void {
  useEffect(() => {
    if (asking === null) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      event.preventDefault();
      event.stopImmediatePropagation();
      const chord = chordOf(event);
      if (chord === null) return;
      if (chord === 'Backspace') setKeys(asking, []);
      else if (chord !== 'Escape') {
        const before = useKeymapStore.getState().chosen;
        const change = setKeys(asking, [chord]);
        const isWorthAWord = change.keptBy !== null || change.takenFrom.length > 0;
        setNotice(isWorthAWord ? { ...change, command: asking, chord, before } : null);
      }
      setAsking(null);
    };
    const onPointerDown = (): void => setAsking(null);
    window.addEventListener('keydown', onKeyDown, true);
    window.addEventListener('pointerdown', onPointerDown, true);
    return () => {
      window.removeEventListener('keydown', onKeyDown, true);
      window.removeEventListener('pointerdown', onPointerDown, true);
    };
  }, [asking, setAsking, setNotice]);
}

interface KeyRowProps {
  readonly command: WindowCommand;
  readonly name: string;
  readonly asking: boolean;
  readonly onAsk: () => void;
}

function KeyRow({ command, name, asking, onAsk }: KeyRowProps) {
  const { t } = useTranslation();
  const keymap = useKeymapStore();
  const keys = keysOf(command, keymap);
  const changed = keymap.chosen[command.id] !== undefined && !command.fixedKeys;
  return (
    <li data-command={command.id} data-asking={asking}>
      <span className="min-w-0 grow truncate">{name}</span>
      <span className="flex flex-wrap justify-end gap-1">
        {asking ? (
          <em className="text-accent">{t('settings.press')}</em>
        ) : keys.length === 0 ? (
          <span className="text-text-3">{t('settings.noKeys')}</span>
        ) : (
          keys.map((chord) => <Kbd key={chord}>{formatChord(chord)}</Kbd>)
        )}
      </span>
      {changed && (
        <button
          type="button"
          className="ib sm"
          aria-label={t('settings.resetOf', { command: name })}
          title={t('settings.reset')}
          onClick={() => resetKeys(command.id)}
        >
          <RotateCcw size={13} />
        </button>
      )}
      {command.fixedKeys ? (
        <span className="text-caption text-text-3">{t('settings.fixed')}</span>
      ) : (
        <Button size="sm" aria-label={t('settings.changeOf', { command: name })} onClick={onAsk}>
          {t('settings.change')}
        </Button>
      )}
    </li>
  );
}
