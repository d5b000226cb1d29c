import { create } from 'zustand';
import { useDocumentStore } from '../stores/documentStore.ts';
import type { Chord } from './chord.ts';

export const commandGroups = ['file', 'edit', 'graph', 'view', 'run', 'window'] as const;

/** Something that a person may do, by key, by menu, or by its name in the palette. */
export interface WindowCommand {
  /** Its title stands under `commandNames` in the texts. Remembered with a person's keys: never renamed. */
  readonly id: string;
  readonly group: (typeof commandGroups)[number];
  /** Keys that it has until a person chooses others. */
  readonly keys: readonly Chord[];
  /** Only while a graph is being edited; always where absent. */
  readonly editing?: boolean;
  /** Its keys work in text fields as well; `edits`: in those of which each letter is an edit. */
  readonly inFields?: boolean | 'edits';
  /** Its keys belong to the system (copying) and cannot be changed. */
  readonly fixedKeys?: boolean;
  readonly enabled?: () => boolean;
  readonly run: () => void;
}

interface CommandState {
  readonly commands: readonly WindowCommand[];
}

/** Every command that can be given now; parts of the window add theirs while they are on screen. */
export const useCommandStore = create<CommandState>(() => ({ commands: [] }));

/** Adds commands; returns the way to take them back. */
export function registerCommands(added: readonly WindowCommand[]): () => void {
  useCommandStore.setState(({ commands }) => ({ commands: [...commands, ...added] }));
  return () =>
    useCommandStore.setState(({ commands }) => ({
      commands: commands.filter((command) => !added.includes(command)),
    }));
}

export function isEnabled({ editing, enabled }: WindowCommand): boolean {
  const { document, startOpen } = useDocumentStore.getState();
  return (!editing || (document !== null && !startOpen)) && (enabled?.() ?? true);
}

/** Gives a command by name; nothing where it cannot be given now. */
export function runWindowCommand(id: string): void {
  const command = useCommandStore.getState().commands.find((candidate) => candidate.id === id);
  if (command && isEnabled(command)) command.run();
}
