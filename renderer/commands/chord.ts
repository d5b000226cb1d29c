/** A key with its modifiers, as `Mod+Shift+Z`; `Mod` is Ctrl, and ⌘ on a Mac. */
export type Chord = string;

const modifierKeys: ReadonlySet<string> = new Set([
  'Control',
  'Meta',
  'Shift',
  'Alt',
  'AltGraph',
  'CapsLock',
]);

/** The chord of a key press; null while only modifiers are held. */
export function chordOf(event: KeyboardEvent): Chord | null {
  const { key, code, altKey, shiftKey } = event;
  if (modifierKeys.has(key)) return null;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  const isLetter = /^[a-z]$/i.test(key);
  // With Alt, and with Shift on digits, `key` is what would be typed, which differs between keyboards.
  const name =
    key === ' '
      ? 'Space'
      : altKey && letter !== undefined
        ? letter
        : digit !== undefined && (shiftKey || altKey)
          ? digit
          : isLetter
            ? key.toUpperCase()
            : key;
  // `?` says already that Shift is held.
  const shift = shiftKey && (name.length > 1 || /^[A-Z\d]$/.test(name));
  return [(event.ctrlKey || event.metaKey) && 'Mod', altKey && 'Alt', shift && 'Shift', name]
    .filter(Boolean)
    .join('+');
}

const signs: Readonly<Record<string, string>> = {
  Shift: '⇧',
  Enter: '↵',
  Delete: 'Del',
  Backspace: '⌫',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** A chord for people: `Ctrl ⇧ Z`, on a Mac `⌘ ⇧ Z`. */
export function formatChord(chord: Chord, mac = isMac()): string {
  // The plus key itself: `Mod++`.
  const parts = chord.endsWith('++') ? [...chord.slice(0, -2).split('+'), '+'] : chord.split('+');
  return parts
    .map((part) =>
      part === 'Mod' ? (mac ? '⌘' : 'Ctrl') : part === 'Alt' && mac ? '⌥' : (signs[part] ?? part),
    )
    .join(' ');
}

function isMac(): boolean {
  return typeof navigator !== 'undefined' && /Mac/.test(navigator.userAgent);
}
