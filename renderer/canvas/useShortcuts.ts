import { useEffect } from 'react';
import { moveParts } from '#shared/graph/commands.ts';
import { registerCommands } from '../commands/commandStore.ts';
import { hasOwnKeys } from '../commands/useKeymap.ts';
import { sealEdits, useDocumentStore } from '../stores/documentStore.ts';
import { enterBlock, leaveBlock, selectedInstance } from '../stores/levels.ts';
import { select, useSelectionStore } from '../stores/selectionStore.ts';
import { edit } from './canvasApi.ts';
import { canvasCommands } from './canvasCommands.ts';
import {
  attachCanvasFocus,
  focusCanvasSoon,
  isFocusedByPointer,
  isOnCanvas,
  returnToCanvas,
} from './canvasFocus.ts';
import { copySelection, deleteSelection, pasteText } from './editSelection.ts';
import { gestureCommands } from './gestureCommands.ts';

function nudge(x: number, y: number): void {
  const { graph: document } = useDocumentStore.getState();
  const { nodeIds, noteIds } = useSelectionStore.getState();
  const nodes = document?.nodes.flatMap(({ id }) => (nodeIds.has(id) ? [id] : [])) ?? [];
  const notes = document?.notes?.flatMap(({ id }) => (noteIds.has(id) ? [id] : [])) ?? [];
  if (nodes.length + notes.length > 0) edit(moveParts({ nodes, notes }, { x, y }));
}

export interface CanvasActions {
  fit(): void;
  /** Brings the selected cards into view, or all where none is selected. */
  fitSelection(): void;
  layout(): void;
  search(): void;
  /** Puts a note at the pointer, or in the middle where that is elsewhere. */
  note(): void;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const isOverCanvas = (): boolean => document.querySelector('.cv:hover') !== null;

function leave(): void {
  const wasOnCanvas = isOnCanvas();
  if (leaveBlock() && wasOnCanvas) focusCanvasSoon();
}

/** Keys whose meaning depends on where the keyboard is; all others are commands (renderer/commands). */
function placed(event: KeyboardEvent, actions: CanvasActions): (() => void) | undefined {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  if (altKey || ctrlKey || metaKey) return undefined;
  if (key === 'Escape') {
    const { nodeIds, edgeIds, noteIds } = useSelectionStore.getState();
    return nodeIds.size + edgeIds.size + noteIds.size > 0 ? () => select([]) : leave;
  }
  const onCanvas = event.target === document.body || (event.target as Element).closest('.cv') !== null;
  const arrow = arrows[key];
  if (arrow && onCanvas) {
    const step = shiftKey ? 20 : 4;
    return () => nudge(arrow[0] * step, arrow[1] * step);
  }
  const card = (event.target as Element).closest?.('.react-flow__node');
  const nodeId = card instanceof HTMLElement ? card.dataset.id : undefined;
  const instance = selectedInstance();
  const onInstance = instance !== null && (event.target === document.body || nodeId === instance);
  if (onInstance && !shiftKey && (key === 'Tab' || key === 'Enter'))
    return () => {
      enterBlock(instance);
      focusCanvasSoon();
    };
  // With a card that was clicked Space moves the view.
  const wasClicked = event.target === card && isFocusedByPointer();
  if (nodeId !== undefined && event.target === card && (key === 'Enter' || (key === ' ' && !wasClicked)))
    return () => select(shiftKey ? [...useSelectionStore.getState().nodeIds, nodeId] : [nodeId]);
  const wire = (event.target as Element).closest?.('.react-flow__edge')?.getAttribute('data-id');
  if (wire && (key === 'Enter' || key === ' ')) {
    const { nodeIds, edgeIds } = useSelectionStore.getState();
    return () => (shiftKey ? select(nodeIds, [...edgeIds, wire]) : select([], [wire]));
  }
  // Only over the canvas, and where the keyboard is nowhere or on a card that was clicked: elsewhere Tab goes on to the
  // next control, as everywhere.
  if (key === 'Tab' && !shiftKey && (event.target === document.body || wasClicked) && isOverCanvas())
    return actions.search;
  return undefined;
}

/**
 * Escape gives the keys back to the canvas; in a search with words in it, it takes these away first. True where the
 * keyboard was in a panel: what is selected on the canvas stays so.
 */
function leavePanel(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || target === document.body) return false;
  const isField = target instanceof HTMLInputElement;
  if (target.closest('[role=dialog], [role=menu]') || (!isField && target.closest('.cv'))) return false;
  if (!isField || target.type !== 'search' || target.value === '') {
    if (!returnToCanvas()) target.blur();
  }
  return true;
}

/** Keys and the clipboard, while the editor is on screen. */
export function useShortcuts(actions: CanvasActions): void {
  useEffect(
    () =>
      registerCommands([
        ...canvasCommands,
        ...gestureCommands,
        { id: 'fit', group: 'view', keys: ['Shift+1'], editing: true, run: actions.fit },
        {
          id: 'fit-selection',
          group: 'view',
          keys: ['.', 'Home'],
          editing: true,
          run: actions.fitSelection,
        },
        { id: 'arrange', group: 'graph', keys: ['Alt+Shift+T'], editing: true, run: actions.layout },
        { id: 'add-note', group: 'graph', keys: ['N'], editing: true, run: actions.note },
        { id: 'add-node', group: 'graph', keys: ['Shift+A'], editing: true, run: actions.search },
      ]),
    [actions],
  );
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      if (event.key === 'Escape' && leavePanel(event.target)) return;
      if (hasOwnKeys(event.target)) return;
      const action = placed(event, actions);
      if (!action) return;
      event.preventDefault();
      action();
    };
    const onKeyUp = (event: KeyboardEvent): void => {
      if (event.key in arrows) sealEdits();
    };
    const copy = (event: ClipboardEvent): boolean => {
      const marked = window.getSelection()?.toString() ?? '';
      const text = hasOwnKeys(event.target) || marked !== '' ? null : copySelection();
      if (text === null) return false;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      return true;
    };
    const onCopy = (event: ClipboardEvent): void => void copy(event);
    const onCut = (event: ClipboardEvent): void => {
      if (copy(event)) deleteSelection();
    };
    const onPaste = (event: ClipboardEvent): void => {
      if (hasOwnKeys(event.target)) return;
      event.preventDefault();
      pasteText(event.clipboardData?.getData('text/plain') ?? '');
    };
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('keyup', onKeyUp);
    const offFocus = attachCanvasFocus();
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCut);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('keyup', onKeyUp);
      offFocus();
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCut);
      document.removeEventListener('paste', onPaste);
    };
  }, [actions]);
}
