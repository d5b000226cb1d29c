import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  Box,
  ChevronsDownUp,
  CopyPlus,
  Group,
  Link2,
  LogIn,
  PackageOpen,
  Redo2,
  Unplug,
  VolumeX,
  Workflow,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { formatChord } from '../commands/chord.ts';
import { isEnabled, useCommandStore } from '../commands/commandStore.ts';
import { keysOf, useKeymapStore } from '../commands/keymapStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { IconButton } from '../ui/Button.tsx';
import { usePicking } from './picking.ts';

const icons: Readonly<Record<string, ComponentType<{ size: number }>>> = {
  'align-left': AlignStartVertical,
  'align-center': AlignCenterVertical,
  'align-right': AlignEndVertical,
  'align-top': AlignStartHorizontal,
  'align-middle': AlignCenterHorizontal,
  'align-bottom': AlignEndHorizontal,
  'distribute-across': AlignHorizontalDistributeCenter,
  'distribute-down': AlignVerticalDistributeCenter,
  arrange: Workflow,
  frame: Group,
  bypass: Redo2,
  mute: VolumeX,
  fold: ChevronsDownUp,
  'delete-and-bridge': Unplug,
  'make-block': Box,
  'enter-block': LogIn,
  'unpack-block': PackageOpen,
  'duplicate-linked': CopyPlus,
  'share-weights': Link2,
};

/** What may be done to the selected cards, within reach of the pointer. */
export function SelectionBar() {
  const { t } = useTranslation();
  const count = useSelectionStore(({ nodeIds }) => nodeIds.size);
  const commands = useCommandStore((state) => state.commands);
  const keymap = useKeymapStore();
  // What is said of picking takes its place.
  const picking = usePicking((state) => state.picking !== null);
  if (count < 1 || picking) return null;
  return (
    <div className="over selbar" role="toolbar" aria-label={t('canvas.selection', { count })}>
      {commands.map((command) => {
        const Icon = icons[command.id];
        if (!Icon || !isEnabled(command)) return null;
        const [chord] = keysOf(command, keymap);
        return (
          <IconButton
            key={command.id}
            side="top"
            label={t(`commandNames.${command.id}`)}
            {...(chord !== undefined && { shortcut: formatChord(chord) })}
            onClick={command.run}
          >
            <Icon size={14} />
          </IconButton>
        );
      })}
    </div>
  );
}
