import type { WindowCommand } from '../commands/commandStore.ts';
import { leadSelected, wiresSelected } from './leadWire.ts';
import { armStroke } from './strokeTool.ts';

/** What a hand draws over the graph, and the way that wires take. */
export const gestureCommands: readonly WindowCommand[] = [
  { id: 'lasso', group: 'edit', keys: ['L'], editing: true, run: () => armStroke('lasso') },
  { id: 'knife', group: 'graph', keys: ['K'], editing: true, run: () => armStroke('knife') },
  {
    id: 'add-wire-point',
    group: 'graph',
    keys: ['R'],
    editing: true,
    enabled: wiresSelected,
    run: () => leadSelected('middle'),
  },
  {
    id: 'straighten-wires',
    group: 'graph',
    keys: ['Shift+R'],
    editing: true,
    enabled: wiresSelected,
    run: () => leadSelected('nothing'),
  },
];
