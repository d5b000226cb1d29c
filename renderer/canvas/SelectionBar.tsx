import { useStore } from '@xyflow/react';
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
  LayoutDashboard,
  Link2,
  LogIn,
  PackageOpen,
  Redo2,
  Unplug,
  VolumeX,
  Workflow,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { formatChord } from '../commands/chord.ts';
import { isEnabled, useCommandStore, type WindowCommand } from '../commands/commandStore.ts';
import { keysOf, useKeymapStore } from '../commands/keymapStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { IconButton, Kbd } from '../ui/Button.tsx';
import { menuHost } from '../ui/menuHost.ts';
import { type BarForm, barForm } from './barForm.ts';
import { usePicking } from './picking.ts';

type Icons = Readonly<Record<string, ComponentType<{ size: number }>>>;

const arranging: Icons = {
  'align-left': AlignStartVertical,
  'align-center': AlignCenterVertical,
  'align-right': AlignEndVertical,
  'align-top': AlignStartHorizontal,
  'align-middle': AlignCenterHorizontal,
  'align-bottom': AlignEndHorizontal,
  'distribute-across': AlignHorizontalDistributeCenter,
  'distribute-down': AlignVerticalDistributeCenter,
};

const icons: Icons = {
  ...arranging,
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

const isArranging = ({ id }: WindowCommand): boolean => id in arranging;

/**
 * What may be done to the selected cards, within reach of the pointer: in the middle, or in the corner over what else
 * stands there where it would lie on that.
 */
export function SelectionBar({ place }: { readonly place: BarForm['place'] }) {
  const { t } = useTranslation();
  const count = useSelectionStore(({ nodeIds }) => nodeIds.size);
  const commands = useCommandStore((state) => state.commands);
  // What is said of picking takes its place.
  const picking = usePicking((state) => state.picking !== null);
  const offered =
    count < 1 || picking ? [] : commands.filter((command) => icons[command.id] && isEnabled(command));
  const arrangers = offered.filter(isArranging);
  const form = useStore(({ width }) => barForm(width, offered.length, arrangers.length));
  const [own, gathered] = form.split(' ');
  if (offered.length === 0 || own !== place) return null;
  const inMenu = gathered === 'gathered';
  return (
    <div className="over selbar" role="toolbar" aria-label={t('canvas.selection', { count })}>
      {offered
        .filter((command) => !(inMenu && isArranging(command)))
        .map((command) => (
          <BarButton key={command.id} command={command} />
        ))}
      {inMenu && <ArrangeMenu commands={arrangers} />}
    </div>
  );
}

/** The keys of a command as they are now. */
function useKeysOf(command: WindowCommand): string | undefined {
  const [chord] = keysOf(command, useKeymapStore());
  return chord === undefined ? undefined : formatChord(chord);
}

function BarButton({ command }: { readonly command: WindowCommand }) {
  const { t } = useTranslation();
  const keys = useKeysOf(command);
  const Icon = icons[command.id];
  return (
    <IconButton
      side="top"
      label={t(`commandNames.${command.id}`)}
      {...(keys !== undefined && { shortcut: keys })}
      onClick={command.run}
    >
      {Icon && <Icon size={14} />}
    </IconButton>
  );
}

function ArrangeMenu({ commands }: { readonly commands: readonly WindowCommand[] }) {
  const { t } = useTranslation();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton side="top" label={t('canvas.alignMenu')}>
          <LayoutDashboard size={14} />
        </IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={menuHost()}>
        <DropdownMenu.Content className="menu" side="top" sideOffset={6} collisionPadding={8}>
          {commands.map((command) => (
            <ArrangeItem key={command.id} command={command} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function ArrangeItem({ command }: { readonly command: WindowCommand }) {
  const { t } = useTranslation();
  const keys = useKeysOf(command);
  const Icon = icons[command.id];
  return (
    <DropdownMenu.Item className="menu-item" onSelect={command.run}>
      {Icon && <Icon size={14} />}
      {t(`commandNames.${command.id}`)}
      {keys !== undefined && <Kbd>{keys}</Kbd>}
    </DropdownMenu.Item>
  );
}
