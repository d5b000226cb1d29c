import { z } from 'zod';
import { create } from 'zustand';
import { readStored, writeStored } from '../stores/storedValue.ts';
import { type Chord, formatChord } from './chord.ts';
import { useCommandStore, type WindowCommand } from './commandStore.ts';

const KEY = 'neuroloom.keys';
const storage = () => localStorage;

const keymapSchema = z.record(z.string(), z.array(z.string()));

interface KeymapState {
  /** Keys that a person chose, by command; an empty list for none at all. */
  readonly chosen: Readonly<Record<string, readonly Chord[]>>;
}

/** The keys that differ from those that commands come with; remembered from one start to the next. */
export const useKeymapStore = create<KeymapState>(() => ({
  chosen: readStored<Record<string, string[]>>(storage, KEY, keymapSchema, {}),
}));

function setChosen(chosen: KeymapState['chosen']): void {
  useKeymapStore.setState({ chosen });
  writeStored(storage, KEY, chosen);
}

/** The keys of a command now. */
export function keysOf(command: WindowCommand, { chosen } = useKeymapStore.getState()): readonly Chord[] {
  return (command.fixedKeys ? undefined : chosen[command.id]) ?? command.keys;
}

/** What came of giving a command other keys. */
export interface KeyChange {
  /** The commands that these keys were taken from. */
  readonly takenFrom: readonly string[];
  /** The command of the system that keeps the keys to itself: nothing was changed. */
  readonly keptBy: string | null;
}

/** Gives a command other keys, and takes them from the commands that had them; those of the system stay. */
export function setKeys(id: string, keys: readonly Chord[]): KeyChange {
  const { commands } = useCommandStore.getState();
  const owner = commands.find(
    (other) => other.fixedKeys && (other.id === id || other.keys.some((chord) => keys.includes(chord))),
  );
  if (owner) return { takenFrom: [], keptBy: owner.id };
  const takenFrom: string[] = [];
  const next: Record<string, readonly Chord[]> = { ...useKeymapStore.getState().chosen, [id]: keys };
  for (const other of commands) {
    if (other.id === id || other.fixedKeys) continue;
    const had = next[other.id] ?? other.keys;
    if (!had.some((chord) => keys.includes(chord))) continue;
    next[other.id] = had.filter((chord) => !keys.includes(chord));
    takenFrom.push(other.id);
  }
  setChosen(next);
  return { takenFrom, keptBy: null };
}

/** Takes changes back: the keys that were chosen at an earlier time. */
export function restoreKeys(chosen: KeymapState['chosen']): void {
  setChosen(chosen);
}

/** Gives one command, or all, the keys back that it came with. */
export function resetKeys(id?: string): void {
  if (id === undefined) {
    setChosen({});
    return;
  }
  const command = useCommandStore.getState().commands.find((candidate) => candidate.id === id);
  if (command) setKeys(id, command.keys);
  const { [id]: _, ...rest } = useKeymapStore.getState().chosen;
  setChosen(rest);
}

/** First key of a command for people; undefined where it has none. */
export function shortcutOf(id: string, keymap?: KeymapState): string | undefined {
  const command = useCommandStore.getState().commands.find((candidate) => candidate.id === id);
  const [chord] = command ? keysOf(command, keymap) : [];
  return chord === undefined ? undefined : formatChord(chord);
}

/** First key of a command, kept up to date. */
export function useShortcut(id: string): string | undefined {
  useCommandStore();
  return shortcutOf(id, useKeymapStore());
}
