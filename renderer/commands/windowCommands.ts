import { languages } from '#shared/i18n/language.ts';
import { connectSelection } from '../canvas/canvasApi.ts';
import { focusCanvasSoon, isOnCanvas } from '../canvas/canvasFocus.ts';
import {
  copySelection,
  deleteSelection,
  duplicateSelection,
  pasteText,
  selectAll,
} from '../canvas/editSelection.ts';
import { canCompareWithSaved, compareWithSaved } from '../compare/compareSources.ts';
import { endComparing, useCompareStore } from '../compare/compareStore.ts';
import { stepChange } from '../compare/stepChanges.ts';
import { dockTabs, showDockTab } from '../dock/dockStore.ts';
import { exportPicture } from '../files/exportPicture.ts';
import { toHostError } from '../host/hostFailure.ts';
import { hostErrorText } from '../i18n/failureText.ts';
import { graphTabs, openGraphTab } from '../inspector/graphTab.ts';
import {
  closeTab,
  exportModel,
  newDocument,
  openWithDialog,
  saveDocument,
  saveDocumentAs,
  train,
} from '../shell/appCommands.ts';
import { showGraph } from '../shell/openGraph.ts';
import { restartEngine } from '../shell/restartEngine.ts';
import { showPanel } from '../shell/shellStore.ts';
import { focusSoon, goToPart } from '../shell/windowParts.ts';
import { redoEdit, showStart, undoEdit, useDocumentStore } from '../stores/documentStore.ts';
import { useHostStore } from '../stores/hostStore.ts';
import { selectRunActive, useRunStore } from '../stores/runStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { nextTab, useTabStore } from '../stores/tabStore.ts';
import { showToast } from '../stores/toastStore.ts';
import { setView, useViewStore } from '../stores/viewStore.ts';
import { endTour, startTour, useTour } from '../tour/tourStore.ts';
import type { WindowCommand } from './commandStore.ts';

const history = () => useDocumentStore.getState().history;
const someSelected = (): boolean => {
  const { nodeIds, noteIds } = useSelectionStore.getState();
  return nodeIds.size + noteIds.size > 0;
};
const someTabs = (): boolean => useTabStore.getState().order.length > 0;
const running = (): boolean => selectRunActive(useRunStore.getState());
const state = () => useRunStore.getState().state;

function showNext(by: 1 | -1): void {
  const id = nextTab(by);
  const wasOnCanvas = isOnCanvas();
  if (id !== undefined) void showGraph(id).then(() => wasOnCanvas && focusCanvasSoon());
}

function report(cause: unknown): void {
  showToast({ tone: 'danger', text: hostErrorText(toHostError(cause)) });
}

function copy(): void {
  const text = copySelection();
  if (text !== null) void navigator.clipboard.writeText(text).catch(report);
}

const file: readonly WindowCommand[] = [
  { id: 'new', group: 'file', keys: ['Mod+N'], run: newDocument },
  { id: 'open', group: 'file', keys: ['Mod+O'], inFields: true, run: () => void openWithDialog() },
  {
    id: 'save',
    group: 'file',
    keys: ['Mod+S'],
    editing: true,
    inFields: true,
    run: () => void saveDocument(),
  },
  {
    id: 'save-as',
    group: 'file',
    keys: ['Mod+Shift+S'],
    editing: true,
    inFields: true,
    run: () => void saveDocumentAs(),
  },
  {
    id: 'export',
    group: 'file',
    keys: ['Mod+E'],
    editing: true,
    enabled: () => useRunStore.getState().currentRunId !== null,
    run: () => void exportModel(),
  },
  { id: 'export-svg', group: 'file', keys: [], editing: true, run: () => void exportPicture('svg') },
  { id: 'export-png', group: 'file', keys: [], editing: true, run: () => void exportPicture('png') },
  { id: 'start', group: 'file', keys: [], editing: true, run: () => showStart(true) },
  // A browser keeps Ctrl+W and Ctrl+Tab for its own tabs.
  {
    id: 'close-tab',
    group: 'file',
    keys: ['Mod+W', 'Alt+W'],
    editing: true,
    inFields: true,
    run: () => void closeTab(),
  },
  {
    id: 'next-tab',
    group: 'window',
    keys: ['Mod+Tab', 'Alt+PageDown'],
    inFields: true,
    enabled: someTabs,
    run: () => showNext(1),
  },
  {
    id: 'previous-tab',
    group: 'window',
    keys: ['Mod+Shift+Tab', 'Alt+PageUp'],
    inFields: true,
    enabled: someTabs,
    run: () => showNext(-1),
  },
];

const edits: readonly WindowCommand[] = [
  {
    id: 'undo',
    group: 'edit',
    keys: ['Mod+Z'],
    inFields: 'edits',
    editing: true,
    enabled: () => (history()?.past.length ?? 0) > 0,
    run: undoEdit,
  },
  {
    id: 'redo',
    group: 'edit',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    inFields: 'edits',
    editing: true,
    enabled: () => (history()?.future.length ?? 0) > 0,
    run: redoEdit,
  },
  { id: 'history', group: 'edit', keys: ['Mod+Alt+Z'], editing: true, run: () => showPanel('history') },
  {
    id: 'copy',
    group: 'edit',
    keys: ['Mod+C'],
    fixedKeys: true,
    editing: true,
    enabled: someSelected,
    run: copy,
  },
  {
    id: 'cut',
    group: 'edit',
    keys: ['Mod+X'],
    fixedKeys: true,
    editing: true,
    enabled: someSelected,
    run: () => {
      copy();
      deleteSelection();
    },
  },
  {
    id: 'paste',
    group: 'edit',
    keys: ['Mod+V'],
    fixedKeys: true,
    editing: true,
    run: () => void navigator.clipboard.readText().then(pasteText, report),
  },
  {
    id: 'duplicate',
    group: 'edit',
    keys: ['Mod+D'],
    editing: true,
    enabled: someSelected,
    run: duplicateSelection,
  },
  { id: 'delete', group: 'edit', keys: ['Delete', 'Backspace'], editing: true, run: deleteSelection },
  { id: 'select-all', group: 'edit', keys: ['Mod+A'], editing: true, run: selectAll },
];

const isCompared = (): boolean => useCompareStore.getState().base !== null;

const compare: readonly WindowCommand[] = [
  { id: 'compare', group: 'edit', keys: ['Mod+Alt+D'], editing: true, run: () => showPanel('compare') },
  {
    id: 'compare-saved',
    group: 'edit',
    keys: [],
    editing: true,
    enabled: canCompareWithSaved,
    run: () => void compareWithSaved(),
  },
  {
    id: 'compare-next',
    group: 'edit',
    keys: ['F7'],
    editing: true,
    inFields: true,
    enabled: isCompared,
    run: () => stepChange(1),
  },
  {
    id: 'compare-previous',
    group: 'edit',
    keys: ['Shift+F7'],
    editing: true,
    inFields: true,
    enabled: isCompared,
    run: () => stepChange(-1),
  },
  {
    id: 'compare-end',
    group: 'edit',
    keys: [],
    editing: true,
    enabled: isCompared,
    run: () => {
      endComparing();
      focusCanvasSoon();
    },
  },
];

const graph: readonly WindowCommand[] = [
  {
    id: 'find',
    group: 'graph',
    keys: ['Mod+F'],
    editing: true,
    inFields: true,
    run: () => showPanel('find'),
  },
  {
    id: 'connect',
    group: 'graph',
    keys: ['C'],
    editing: true,
    enabled: () => useSelectionStore.getState().nodeIds.size === 1,
    run: connectSelection,
  },
  {
    id: 'edit-parameters',
    group: 'graph',
    keys: ['E'],
    editing: true,
    run: () => {
      setView({ inspectorOpen: true });
      // Once the panel is there.
      requestAnimationFrame(() => {
        const field = document.querySelector<HTMLElement>('.ins-body :is(input, [role="radio"], button)');
        field?.focus();
        if (field instanceof HTMLInputElement) field.select();
      });
    },
  },
  {
    id: 'search-library',
    group: 'graph',
    keys: ['/'],
    editing: true,
    run: () => {
      setView({ libraryOpen: true, libraryTab: 'nodes' });
      // Once the panel is there.
      requestAnimationFrame(() => document.getElementById('library-search')?.focus());
    },
  },
];

const toggle = (
  id: string,
  key: 'libraryOpen' | 'inspectorOpen' | 'dockOpen' | 'wireLabels' | 'minimap' | 'snap',
  keys: readonly string[] = [],
): WindowCommand => ({
  id,
  group: 'view',
  keys,
  editing: true,
  run: () => setView({ [key]: !useViewStore.getState()[key] }),
});

const view: readonly WindowCommand[] = [
  toggle('toggle-library', 'libraryOpen', ['Mod+Shift+B']),
  toggle('toggle-inspector', 'inspectorOpen', ['Mod+I']),
  toggle('toggle-panels', 'dockOpen', ['Mod+J']),
  toggle('toggle-shapes', 'wireLabels'),
  toggle('toggle-map', 'minimap'),
  toggle('toggle-snap', 'snap', ['Shift+S']),
  {
    id: 'outline',
    group: 'view',
    keys: ['Mod+Shift+O'],
    editing: true,
    run: () => {
      setView({ libraryOpen: true, libraryTab: 'outline' });
      focusSoon('.outline-item[tabindex="0"]');
    },
  },
  ...graphTabs.map(
    (tab): WindowCommand => ({
      id: `show-${tab}`,
      group: 'view',
      keys: [],
      editing: true,
      run: () => {
        openGraphTab(tab);
        focusSoon('.ins [role=tab][aria-selected=true]');
      },
    }),
  ),
  ...dockTabs.map(
    (tab): WindowCommand => ({
      id: `show-${tab}`,
      group: 'view',
      keys: [],
      editing: true,
      run: () => {
        showDockTab(tab);
        focusSoon('.dock [role=tab][aria-selected=true]');
      },
    }),
  ),
  ...(['none', 'parameters', 'flops', 'activations', 'time'] as const).map(
    (heat): WindowCommand => ({
      id: `heat-${heat}`,
      group: 'view',
      keys: [],
      editing: true,
      run: () => setView({ heat }),
    }),
  ),
  ...(['dark', 'light', 'system'] as const).map(
    (theme): WindowCommand => ({
      id: `theme-${theme}`,
      group: 'window',
      keys: [],
      run: () => setView({ theme }),
    }),
  ),
  ...(['system', ...languages] as const).map(
    (language): WindowCommand => ({
      id: `language-${language}`,
      group: 'window',
      keys: [],
      run: () => setView({ language }),
    }),
  ),
  ...(['comfortable', 'compact'] as const).map(
    (density): WindowCommand => ({
      id: `density-${density}`,
      group: 'window',
      keys: [],
      run: () => setView({ density }),
    }),
  ),
];

const run: readonly WindowCommand[] = [
  {
    id: 'train',
    group: 'run',
    keys: ['Mod+Enter'],
    editing: true,
    inFields: true,
    enabled: () => !running() || state() === 'paused',
    run: () => void train(),
  },
  {
    id: 'pause',
    group: 'run',
    keys: [],
    editing: true,
    enabled: () => running() && state() !== 'paused',
    run: () => void useRunStore.getState().pause(),
  },
  {
    id: 'step',
    group: 'run',
    keys: ['Mod+Shift+Enter'],
    editing: true,
    inFields: true,
    enabled: () => !running() || state() === 'paused',
    run: () => void useRunStore.getState().step(),
  },
  {
    id: 'stop',
    group: 'run',
    keys: ['Mod+Alt+Enter'],
    editing: true,
    inFields: true,
    enabled: running,
    run: () => void useRunStore.getState().stop(),
  },
  {
    id: 'restart-engine',
    group: 'run',
    keys: [],
    enabled: () => useHostStore.getState().connected,
    run: () => void restartEngine(),
  },
];

const onTour = (): boolean => useTour.getState().at !== null;

const own: readonly WindowCommand[] = [
  { id: 'tour', group: 'window', keys: [], run: startTour },
  { id: 'tour-end', group: 'window', keys: [], enabled: onTour, run: endTour },
  {
    id: 'tour-card',
    group: 'window',
    keys: ['F6'],
    inFields: true,
    enabled: onTour,
    run: () => document.getElementById('tour-card')?.focus(),
  },
  { id: 'next-part', group: 'window', keys: ['F8'], inFields: true, run: () => goToPart(1) },
  { id: 'previous-part', group: 'window', keys: ['Shift+F8'], inFields: true, run: () => goToPart(-1) },
  { id: 'palette', group: 'window', keys: ['Mod+K'], inFields: true, run: () => showPanel('palette') },
  { id: 'settings', group: 'window', keys: ['Mod+,'], inFields: true, run: () => showPanel('settings') },
];

/** The commands of the window itself; the canvas adds those that need it (renderer/canvas/useShortcuts). */
export const windowCommands: readonly WindowCommand[] = [
  ...file,
  ...edits,
  ...compare,
  ...graph,
  ...view,
  ...run,
  ...own,
];
