import { focusCanvas } from '../canvas/canvasFocus.ts';

/** The parts of the window that the keyboard goes to one after another, in the order in which they lie. */
const parts = ['.topbar', '.tabs', '.rail', '.lib', '.start', '.cv', '.ins', '.dock'] as const;

/** What a part is entered by: the tab that it shows, else the first that takes the keyboard. */
const entrances = [
  '[role=tab][aria-selected=true]',
  'input:not(:disabled), button:not(:disabled, [tabindex="-1"]), [tabindex="0"]',
] as const;

function enter(part: HTMLElement): void {
  if (part.matches('.cv') && focusCanvas()) return;
  const [tab, first] = entrances.map((selector) => part.querySelector<HTMLElement>(selector));
  (tab ?? first)?.focus();
}

/** Gives the keyboard to the next part of the window that is open, or to the one before, around the ends. */
export function goToPart(by: 1 | -1): void {
  const open = parts.flatMap((part) => document.querySelector<HTMLElement>(part) ?? []);
  const now = open.findIndex((part) => part.contains(document.activeElement));
  const next = open.at(
    now < 0 ? open.findIndex((part) => part.matches('.cv, .start')) : (now + by) % open.length,
  );
  if (next) enter(next);
}

/** Gives the keyboard to a part that is about to be shown. */
export function focusSoon(selector: string): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus()),
  );
}
