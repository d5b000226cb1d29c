import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chordOf, formatChord } from '#renderer/commands/chord.ts';
import { registerCommands, useCommandStore } from '#renderer/commands/commandStore.ts';
import { keysOf, resetKeys, setKeys } from '#renderer/commands/keymapStore.ts';
import { windowCommands } from '#renderer/commands/windowCommands.ts';
import { commandTexts } from '#renderer/i18n/commandTexts.ts';
import { fuzzyQuery, fuzzyScore } from '#renderer/ui/fuzzy.ts';

function press(
  key: string,
  code: string,
  held: Partial<Record<'ctrl' | 'alt' | 'shift' | 'meta', boolean>> = {},
) {
  const { ctrl = false, alt = false, shift = false, meta = false } = held;
  return chordOf({ key, code, ctrlKey: ctrl, altKey: alt, shiftKey: shift, metaKey: meta } as KeyboardEvent);
}

describe('chords', () => {
  it('name keys with their modifiers, whatever the layout types', () => {
    expect(press('z', 'KeyZ', { ctrl: true })).toBe('Mod+Z');
    expect(press('Z', 'KeyZ', { meta: true, shift: true })).toBe('Mod+Shift+Z');
    expect(press('!', 'Digit1', { shift: true })).toBe('Shift+1');
    expect(press('†', 'KeyT', { alt: true, shift: true })).toBe('Alt+Shift+T');
    expect(press('.', 'Period')).toBe('.');
    expect(press('?', 'Slash', { shift: true })).toBe('?');
    expect(press('Enter', 'Enter', { ctrl: true, alt: true })).toBe('Mod+Alt+Enter');
    expect(press('Control', 'ControlLeft', { ctrl: true })).toBeNull();
    // A French keyboard has A where others have Q.
    expect(press('a', 'KeyQ', { ctrl: true })).toBe('Mod+A');
  });

  it('are written as people read them', () => {
    expect(formatChord('Mod+Shift+Z', false)).toBe('Ctrl ⇧ Z');
    expect(formatChord('Mod+Shift+Z', true)).toBe('⌘ ⇧ Z');
    expect(formatChord('Mod++', false)).toBe('Ctrl +');
    expect(formatChord('Delete', false)).toBe('Del');
  });
});

describe('keys', () => {
  let off = () => {};
  beforeEach(() => {
    off = registerCommands(windowCommands);
    resetKeys();
  });
  afterEach(() => off());
  const keys = (id: string) => {
    const command = useCommandStore.getState().commands.find((candidate) => candidate.id === id);
    return command ? keysOf(command) : [];
  };

  it('belong to one command each, and every command has a name', () => {
    const all = windowCommands.flatMap((command) => command.keys);
    expect(all).toHaveLength(new Set(all).size);
    const names: Readonly<Record<string, string>> = commandTexts.commandNames;
    for (const { id } of windowCommands) expect(names[id], id).toBeTruthy();
    expect(new Set(windowCommands.map(({ id }) => id)).size).toBe(windowCommands.length);
  });

  it('that are given to another command are taken from the first, and come back', () => {
    expect(setKeys('find', ['Mod+Y'])).toEqual({ takenFrom: ['redo'], keptBy: null });
    expect(keys('find')).toEqual(['Mod+Y']);
    expect(keys('redo')).toEqual(['Mod+Shift+Z']);
    resetKeys('redo');
    expect(keys('redo')).toEqual(['Mod+Shift+Z', 'Mod+Y']);
    expect(keys('find')).toEqual([]);
    resetKeys();
    expect(keys('find')).toEqual(['Mod+F']);
  });

  it('of the system stay', () => {
    setKeys('copy', ['Mod+F']);
    expect(keys('copy')).toEqual(['Mod+C']);
    // Nor does another command get theirs: copying would be lost.
    expect(setKeys('find', ['Mod+C'])).toEqual({ takenFrom: [], keptBy: 'copy' });
    expect(keys('find')).toEqual(['Mod+F']);
  });
});

describe('fuzzy matching', () => {
  it('finds letters in order, prefers beginnings and whole words', () => {
    expect(fuzzyScore('btchnrm', 'BatchNorm')).toBeGreaterThan(0);
    expect(fuzzyScore('dense', 'Dense')).toBeGreaterThan(fuzzyScore('dense', 'Condensed'));
    expect(fuzzyScore('conv', 'Conv2D')).toBeGreaterThan(fuzzyScore('conv', 'Depthwise conv'));
    expect(fuzzyScore('mp', 'MaxPool2D')).toBeGreaterThan(0);
    expect(fuzzyScore('nb', 'BatchNorm')).toBe(0);
    expect(fuzzyScore('xyz', 'Dense')).toBe(0);
  });

  it('wants every word of a query somewhere', () => {
    const texts = [
      ['Conv2D', 2],
      ['Filters 64', 1],
    ] as const;
    expect(fuzzyQuery('conv 64', texts)).toBeGreaterThan(0);
    expect(fuzzyQuery('conv 65', texts)).toBe(0);
  });
});
