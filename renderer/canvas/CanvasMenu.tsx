import { ContextMenu } from 'radix-ui';
import { Fragment, type MouseEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatChord } from '../commands/chord.ts';
import { isEnabled, useCommandStore, type WindowCommand } from '../commands/commandStore.ts';
import { keysOf, useKeymapStore } from '../commands/keymapStore.ts';
import { select, useSelectionStore } from '../stores/selectionStore.ts';
import { Kbd } from '../ui/Button.tsx';
import { menuHost } from '../ui/menuHost.ts';

/** Ids of the commands that are offered, in groups; what cannot be done now is left out. */
const offered = {
  card: [
    ['connect', 'enter-block', 'edit-parameters'],
    ['copy', 'cut', 'duplicate', 'duplicate-linked'],
    ['bypass', 'mute', 'freeze', 'fold'],
    ['frame', 'make-block', 'unpack-block', 'save-block'],
    ['delete', 'delete-and-bridge'],
  ],
  wire: [['add-wire-point', 'straighten-wires'], ['delete']],
  ground: [
    ['add-node', 'add-note', 'paste'],
    ['undo', 'redo'],
    ['select-all', 'arrange', 'fit'],
  ],
} as const;

interface CanvasMenuProps {
  /** The canvas. */
  readonly children: ReactElement;
  /** What is put where the menu was opened, in pixels of the window. */
  readonly onAddNode: (x: number, y: number) => void;
  readonly onAddNote: (x: number, y: number) => void;
}

/** What can be done with what lies under the pointer; a card or wire that is not selected becomes the selection. */
export function CanvasMenu({ children, onAddNode, onAddNote }: CanvasMenuProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState<keyof typeof offered>('ground');
  const [place, setPlace] = useState({ x: 0, y: 0 });
  const open = (event: MouseEvent): void => {
    const target = event.target as Element;
    // Text has a menu of the system.
    if (target.closest('input, textarea')) {
      event.stopPropagation();
      return;
    }
    const { nodeIds, edgeIds } = useSelectionStore.getState();
    const card = target.closest<HTMLElement>('.react-flow__node')?.dataset.id;
    const wire = target.closest<HTMLElement>('.react-flow__edge')?.dataset.id;
    if (card !== undefined && !nodeIds.has(card)) select([card]);
    if (wire !== undefined && !edgeIds.has(wire)) select([], [wire]);
    setOver(card !== undefined ? 'card' : wire !== undefined ? 'wire' : 'ground');
    setPlace({ x: event.clientX, y: event.clientY });
  };
  const run = ({ id, run }: WindowCommand): void => {
    // Once the menu has closed and given the keyboard back: some of them take it.
    setTimeout(() => {
      if (id === 'add-node') onAddNode(place.x, place.y);
      else if (id === 'add-note') onAddNote(place.x, place.y);
      else run();
    });
  };
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild onContextMenuCapture={open}>
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal container={menuHost()}>
        <ContextMenu.Content className="menu" aria-label={t('canvas.menu')} collisionPadding={8}>
          <Offers groups={offered[over]} onRun={run} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

interface OffersProps {
  readonly groups: readonly (readonly string[])[];
  readonly onRun: (command: WindowCommand) => void;
}

/** Made when the menu opens, so that it offers what can be done then. */
function Offers({ groups, onRun }: OffersProps) {
  const { t } = useTranslation();
  const commands = useCommandStore((state) => state.commands);
  const keymap = useKeymapStore();
  const shown = groups
    .map((ids) =>
      ids.flatMap((id) => commands.find((command) => command.id === id && isEnabled(command)) ?? []),
    )
    .filter(({ length }) => length > 0);
  return shown.map((group, at) => (
    <Fragment key={group[0]?.id}>
      {at > 0 && <ContextMenu.Separator className="menu-sep" />}
      {group.map((command) => {
        const [chord] = keysOf(command, keymap);
        return (
          <ContextMenu.Item key={command.id} className="menu-item" onSelect={() => onRun(command)}>
            {t(`commandNames.${command.id}`)}
            {chord !== undefined && <Kbd>{formatChord(chord)}</Kbd>}
          </ContextMenu.Item>
        );
      })}
    </Fragment>
  ));
}
