import { blockWindowCommands } from '../blocks/blockWindowCommands.ts';
import type { WindowCommand } from '../commands/commandStore.ts';
import { i18n } from '../i18n/i18n.ts';
import { alignSelection, distributeSelection, selectedAtLeast } from './arrangeSelection.ts';
import { deleteAndBridge } from './editSelection.ts';
import { frameSelection } from './frames.ts';
import { selectAlong, selectSameKind } from './growSelection.ts';
import { foldSelection, freezeSelection, switchSelection } from './switchSelection.ts';

const some = selectedAtLeast(1);
const several = selectedAtLeast(2);

const selecting = [
  { id: 'select-upstream', keys: ['U'], run: () => selectAlong('upstream') },
  { id: 'select-downstream', keys: ['Shift+U'], run: () => selectAlong('downstream') },
  { id: 'select-same-kind', keys: ['Shift+G'], run: selectSameKind },
] as const;

const arranging = [
  { id: 'align-left', keys: ['Alt+Shift+A'], enabled: several, run: () => alignSelection('left') },
  { id: 'align-center', keys: [], enabled: several, run: () => alignSelection('center') },
  { id: 'align-right', keys: ['Alt+Shift+D'], enabled: several, run: () => alignSelection('right') },
  { id: 'align-top', keys: ['Alt+Shift+W'], enabled: several, run: () => alignSelection('top') },
  { id: 'align-middle', keys: [], enabled: several, run: () => alignSelection('middle') },
  { id: 'align-bottom', keys: ['Alt+Shift+S'], enabled: several, run: () => alignSelection('bottom') },
  {
    id: 'distribute-across',
    keys: ['Alt+Shift+H'],
    enabled: selectedAtLeast(3),
    run: () => distributeSelection('across'),
  },
  {
    id: 'distribute-down',
    keys: ['Alt+Shift+V'],
    enabled: selectedAtLeast(3),
    run: () => distributeSelection('down'),
  },
] as const;

/** Puts a frame around the selection and lets its title be typed. */
function addFrameHere(): void {
  const id = frameSelection(i18n.t('canvas.frameNew'));
  if (id === null) return;
  requestAnimationFrame(() => {
    const title = document.querySelector<HTMLInputElement>(`[data-frame="${id}"] input`);
    title?.focus();
    title?.select();
  });
}

const switching = [
  { id: 'frame', keys: ['Mod+G'], run: addFrameHere },
  { id: 'bypass', keys: ['Mod+B'], run: () => switchSelection('bypassed') },
  { id: 'mute', keys: ['M'], run: () => switchSelection('muted') },
  { id: 'freeze', keys: ['F'], run: freezeSelection },
  { id: 'fold', keys: ['Alt+C'], run: foldSelection },
] as const;

/** What is done to the selected cards. */
export const canvasCommands: readonly WindowCommand[] = [
  ...blockWindowCommands,
  {
    id: 'delete-and-bridge',
    group: 'edit',
    keys: ['Shift+Delete'],
    editing: true,
    enabled: some,
    run: deleteAndBridge,
  },
  ...switching.map((command) => ({ ...command, group: 'graph' as const, editing: true, enabled: some })),
  ...selecting.map((command) => ({ ...command, group: 'edit' as const, editing: true, enabled: some })),
  ...arranging.map((command) => ({ ...command, group: 'graph' as const, editing: true })),
];
