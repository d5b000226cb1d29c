import { useEffect } from 'react';
import { chordOf } from './chord.ts';
import { isEnabled, useCommandStore } from './commandStore.ts';
import { keysOf } from './keymapStore.ts';

/** Text fields, menus and dialogs keep their own keys. */
export function hasOwnKeys(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]',
    ) !== null
  );
}

const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role=dialog], [role=menu]') !== null;

const isInList = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role=listbox]') !== null;

/** Fields of which each letter is an edit already leave undo to the document. */
const isEditing = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches('[data-edits]');

/** Gives the command whose key is pressed. */
export function useKeymap(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const chord = event.defaultPrevented ? null : chordOf(event);
      if (chord === null || isInDialog(event.target)) return;
      // A list has the arrows and letters, and leaves undo and its like to the window.
      const own = hasOwnKeys(event.target) && !(isInList(event.target) && chord.startsWith('Mod+'));
      const command = useCommandStore
        .getState()
        .commands.find(
          (candidate) =>
            !candidate.fixedKeys &&
            keysOf(candidate).includes(chord) &&
            (!own ||
              candidate.inFields === true ||
              (candidate.inFields === 'edits' && isEditing(event.target))) &&
            isEnabled(candidate),
        );
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
