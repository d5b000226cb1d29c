import { z } from 'zod';
import { create } from 'zustand';
import { readStored, writeStored } from '../stores/storedValue.ts';
import { setView } from '../stores/viewStore.ts';

export const dockTabs = [
  'training',
  'evaluate',
  'playground',
  'data',
  'problems',
  'runs',
  'compare',
] as const;
export type DockTab = (typeof dockTabs)[number];

/** Tabs that are read rather than watched are taller, with a height of their own. */
const READING: ReadonlySet<DockTab> = new Set(['evaluate', 'playground', 'data', 'runs']);
export const isReadingTab = (tab: DockTab): boolean => READING.has(tab);
export const SMALLEST_HEIGHT = 160;

const dockSchema = z.object({
  readingHeight: z.number().min(SMALLEST_HEIGHT).max(900),
  /** Weight of the moving average of train curves, 0 to below 1. */
  smoothing: z.number().min(0).max(0.99),
  axis: z.enum(['step', 'epoch', 'time']),
});
type DockSettings = z.infer<typeof dockSchema>;
export type CurveAxis = DockSettings['axis'];

const KEY = 'neuroloom.dock';
const storage = () => localStorage;

/** How curves are drawn and panels are read, remembered from one start to the next. */
export const useDockStore = create<DockSettings>(() =>
  readStored(storage, KEY, dockSchema, { readingHeight: 424, smoothing: 0.6, axis: 'epoch' }),
);

export function setDock(patch: Partial<DockSettings>): void {
  useDockStore.setState(patch);
  writeStored(storage, KEY, useDockStore.getState());
}

/** The tab that the window remembers, or the first where it names none of ours. */
export const toDockTab = (name: string): DockTab => dockTabs.find((tab) => tab === name) ?? 'training';

/** Shows a panel, opening the dock where it is collapsed. */
export function showDockTab(tab: DockTab): void {
  setView({ dockTab: tab, dockOpen: true });
}
