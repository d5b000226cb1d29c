import { create } from 'zustand';
import { select } from '../stores/selectionStore.ts';
import { setView } from '../stores/viewStore.ts';

export const graphTabs = ['setup', 'variables'] as const;
export type GraphTab = (typeof graphTabs)[number];

/** What the inspector shows of the graph as a whole, while no node is selected. */
export const useGraphTab = create<{ readonly tab: GraphTab }>(() => ({ tab: 'setup' }));

export function showGraphTab(tab: GraphTab): void {
  useGraphTab.setState({ tab });
}

/** Brings a part of the graph's own settings into sight, whatever was selected. */
export function openGraphTab(tab: GraphTab): void {
  showGraphTab(tab);
  select([]);
  setView({ inspectorOpen: true });
}
