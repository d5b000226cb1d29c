import { useEffect } from 'react';
import { copyFragment, parseFragment } from '#shared/graph/clipboard.ts';
import { moveNodes, paste, removeEdges, removeNodes, sequence } from '#shared/graph/commands.ts';
import { edgeId } from '#shared/graph/document.ts';
import { problemText } from '../i18n/problemText.ts';
import { newDocument, openWithDialog, saveDocument, saveDocumentAs, train } from '../shell/appCommands.ts';
import { redoEdit, sealEdits, undoEdit, useDocumentStore } from '../stores/documentStore.ts';
import { useRunStore } from '../stores/runStore.ts';
import { select, useSelectionStore } from '../stores/selectionStore.ts';
import { showToast } from '../stores/toastStore.ts';
import { connectSelection, edit, editAndSelect } from './canvasApi.ts';

const OFFSET = { x: 32, y: 32 };

export function deleteSelection(): void {
  const { document } = useDocumentStore.getState();
  const { nodeIds, edgeIds } = useSelectionStore.getState();
  if (!document) return;
  const nodes = document.nodes.filter(({ id }) => nodeIds.has(id)).map(({ id }) => id);
  const left = document.edges
    .filter((edge) => edgeIds.has(edgeId(edge)) && !nodeIds.has(edge.from.node) && !nodeIds.has(edge.to.node))
    .map(edgeId);
  if (nodes.length === 0 && left.length === 0) return;
  const steps = [
    ...(left.length > 0 ? [removeEdges(left)] : []),
    ...(nodes.length > 0 ? [removeNodes(nodes)] : []),
  ];
  const label = (nodes.length > 0 ? removeNodes(nodes) : removeEdges(left)).label;
  if (edit(sequence(label, () => steps))) select([]);
}

export function duplicateSelection(): void {
  const { document } = useDocumentStore.getState();
  const { nodeIds } = useSelectionStore.getState();
  if (!document || nodeIds.size === 0) return;
  const fragment = parseFragment(copyFragment(document, [...nodeIds]));
  if (fragment.ok) editAndSelect(paste(fragment.value, OFFSET));
}

export function selectAll(): void {
  const { document } = useDocumentStore.getState();
  if (document)
    select(
      document.nodes.map(({ id }) => id),
      document.edges.map(edgeId),
    );
}

function nudge(x: number, y: number): void {
  const { document } = useDocumentStore.getState();
  const { nodeIds } = useSelectionStore.getState();
  const moved = document?.nodes.filter(({ id }) => nodeIds.has(id)) ?? [];
  if (moved.length === 0) return;
  edit(
    moveNodes(
      Object.fromEntries(moved.map(({ id, position }) => [id, { x: position.x + x, y: position.y + y }])),
    ),
  );
}

/** Text fields, menus and dialogs keep their own keys. */
function hasOwnKeys(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]',
    ) !== null
  );
}

export interface CanvasActions {
  fit(): void;
  layout(): void;
  search(): void;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function withControl(event: KeyboardEvent): (() => void) | undefined {
  const key = event.key.toLowerCase();
  const { altKey, shiftKey } = event;
  if (key === 'enter') return altKey ? () => void useRunStore.getState().stop() : () => void train();
  if (altKey) return undefined;
  if (key === 'z') return shiftKey ? redoEdit : undoEdit;
  if (key === 'y') return redoEdit;
  if (key === 's') return () => void (shiftKey ? saveDocumentAs() : saveDocument());
  if (key === 'o') return () => void openWithDialog();
  if (key === 'n') return () => void newDocument();
  if (key === 'a') return selectAll;
  if (key === 'd') return duplicateSelection;
  return undefined;
}

function plain(event: KeyboardEvent, actions: CanvasActions): (() => void) | undefined {
  const { key, code, shiftKey, altKey } = event;
  if (shiftKey && altKey && code === 'KeyT') return actions.layout;
  if (altKey) return undefined;
  if (shiftKey && code === 'Digit1') return actions.fit;
  if (key === '.' || key === 'Home') return actions.fit;
  if (key === 'Delete' || key === 'Backspace') return deleteSelection;
  if (key === '/') return () => document.getElementById('library-search')?.focus();
  if (key === 'Escape') return () => select([]);
  const onCanvas = event.target === document.body || (event.target as Element).closest('.cv') !== null;
  const arrow = arrows[key];
  if (arrow && onCanvas) {
    const step = shiftKey ? 20 : 4;
    return () => nudge(arrow[0] * step, arrow[1] * step);
  }
  const card = (event.target as Element).closest?.('.react-flow__node');
  const nodeId = card instanceof HTMLElement ? card.dataset.id : undefined;
  if (nodeId !== undefined && event.target === card && (key === 'Enter' || key === ' '))
    return () => select(shiftKey ? [...useSelectionStore.getState().nodeIds, nodeId] : [nodeId]);
  if (key === 'c' && onCanvas) return connectSelection;
  // Only over the canvas: elsewhere Tab goes on to the next control, as everywhere.
  if (key === 'Tab' && !shiftKey && event.target === document.body && document.querySelector('.cv:hover'))
    return actions.search;
  return undefined;
}

/** Keys and the clipboard, while the editor is on screen. */
export function useShortcuts(actions: CanvasActions): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const control = event.ctrlKey || event.metaKey;
      const own = hasOwnKeys(event.target);
      // Saving and training work from within a text field as well; editing keys stay with the field.
      if (own && !(control && ['s', 'o', 'enter'].includes(event.key.toLowerCase()))) return;
      const action = control ? withControl(event) : plain(event, actions);
      if (!action) return;
      event.preventDefault();
      action();
    };
    const onKeyUp = (event: KeyboardEvent): void => {
      if (event.key in arrows) sealEdits();
    };
    const copy = (event: ClipboardEvent): boolean => {
      const { document } = useDocumentStore.getState();
      const { nodeIds } = useSelectionStore.getState();
      const marked = window.getSelection()?.toString() ?? '';
      if (hasOwnKeys(event.target) || !document || nodeIds.size === 0 || marked !== '') return false;
      event.clipboardData?.setData('text/plain', copyFragment(document, [...nodeIds]));
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
      const fragment = parseFragment(event.clipboardData?.getData('text/plain') ?? '');
      if (fragment.ok) editAndSelect(paste(fragment.value, OFFSET));
      else showToast({ tone: 'info', text: problemText(fragment.error) });
    };
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('keyup', onKeyUp);
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCut);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('keyup', onKeyUp);
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCut);
      document.removeEventListener('paste', onPaste);
    };
  }, [actions]);
}
