import { create } from 'zustand';

/** What lies over the window, asked for by a key or a command. */
export type ShellPanel = 'palette' | 'find' | 'compare' | 'history' | 'settings';

interface ShellState {
  readonly panel: ShellPanel | null;
}

export const useShellStore = create<ShellState>(() => ({ panel: null }));

/** What had the keyboard before; one panel may lead to another. */
let before: Element | null = null;

export function showPanel(panel: ShellPanel | null): void {
  const at = document.activeElement;
  if (panel !== null && !at?.closest('[role=dialog]')) before = at;
  useShellStore.setState({ panel });
}

/** Gives the keyboard back, unless something else has it by now. */
export function returnFocus(): void {
  if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
}
