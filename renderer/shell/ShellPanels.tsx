import { useEffect } from 'react';
import { registerCommands } from '../commands/commandStore.ts';
import { useKeymap } from '../commands/useKeymap.ts';
import { windowCommands } from '../commands/windowCommands.ts';
import { ComparePick } from '../compare/ComparePick.tsx';
import { CommandPalette } from './palette/CommandPalette.tsx';
import { FindNodes } from './palette/FindNodes.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';
import { showPanel, useShellStore } from './shellStore.ts';

const close = (): void => showPanel(null);

/** The window's commands and their keys, and what lies over the window when one of them asks for it. */
export function ShellPanels() {
  const panel = useShellStore((shell) => shell.panel);
  useEffect(() => registerCommands(windowCommands), []);
  useKeymap();
  switch (panel) {
    case 'palette':
      return <CommandPalette onClose={close} />;
    case 'find':
      return <FindNodes onClose={close} />;
    case 'compare':
      return <ComparePick onClose={close} />;
    case 'settings':
      return <SettingsDialog onClose={close} />;
    default:
      return null;
  }
}
