import { create } from 'zustand';

/** What lies over the window, asked for by a key or a command. */
export type ShellPanel = 'palette' | 'find' | 'compare' | 'history' | 'settings';

interface ShellState {
  readonly panel: ShellPanel | null;
}

export const useShellStore = create<ShellState>(() => ({ panel: null }));

export function showPanel(panel: ShellPanel | null): void {
  useShellStore.setState({ panel });
}
