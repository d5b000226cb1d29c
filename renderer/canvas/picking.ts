import { create } from 'zustand';
import { useDocumentStore } from '../stores/documentStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';

interface Picking {
  /** What the nodes are picked for, in words. */
  readonly label: string;
  /** Nodes that may be picked. */
  readonly candidates: ReadonlySet<string>;
  readonly ids: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

/** Nodes being picked on the canvas for a parameter that names nodes; null while none are. */
export const usePicking = create<{ readonly picking: Picking | null }>(() => ({ picking: null }));

let stopWatching = (): void => undefined;

export function endPicking(): void {
  stopWatching();
  usePicking.setState({ picking: null });
}

/** Lets nodes be picked by a click; it ends with whatever leads elsewhere: another selection, block or document. */
export function startPicking(picking: Picking): void {
  endPicking();
  usePicking.setState({ picking });
  const offSelection = useSelectionStore.subscribe((state, before) => {
    if (state.nodeIds !== before.nodeIds) endPicking();
  });
  const offDocument = useDocumentStore.subscribe((state, before) => {
    if (state.recoveryId !== before.recoveryId || state.level !== before.level || state.startOpen)
      endPicking();
  });
  stopWatching = () => {
    offSelection();
    offDocument();
    stopWatching = () => undefined;
  };
}

/** Picks a node, or gives it back. */
function toggle(id: string): void {
  const { picking } = usePicking.getState();
  if (!picking?.candidates.has(id)) return;
  const ids = picking.ids.includes(id) ? picking.ids.filter((other) => other !== id) : [...picking.ids, id];
  usePicking.setState({ picking: { ...picking, ids } });
  picking.onChange(ids);
}

/** How a card looks while nodes are picked; empty while none are. */
export const pickMark =
  (id: string) =>
  ({ picking }: { readonly picking: Picking | null }): '' | 'pick-in' | 'pick-open' | 'pick-none' =>
    !picking
      ? ''
      : picking.ids.includes(id)
        ? 'pick-in'
        : picking.candidates.has(id)
          ? 'pick-open'
          : 'pick-none';

/** Takes clicks and keys on cards before anything else does, while nodes are picked. */
export function attachPicking(canvas: HTMLElement): () => void {
  const cardOf = (event: Event): string | undefined => {
    if (!usePicking.getState().picking) return undefined;
    const card = (event.target as Element).closest('.react-flow__node');
    return card instanceof HTMLElement ? card.dataset.id : undefined;
  };
  const swallow = (event: Event): void => {
    if (cardOf(event) === undefined) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onClick = (event: Event): void => {
    const id = cardOf(event);
    if (id === undefined) return;
    swallow(event);
    toggle(id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!usePicking.getState().picking) return;
    const id = cardOf(event);
    if (event.key === 'Escape') endPicking();
    else if (id !== undefined && (event.key === 'Enter' || event.key === ' ')) toggle(id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const kinds = ['pointerdown', 'mousedown', 'dblclick'] as const;
  for (const kind of kinds) canvas.addEventListener(kind, swallow, true);
  canvas.addEventListener('click', onClick, true);
  window.addEventListener('keydown', onKeyDown, true);
  return () => {
    endPicking();
    for (const kind of kinds) canvas.removeEventListener(kind, swallow, true);
    canvas.removeEventListener('click', onClick, true);
    window.removeEventListener('keydown', onKeyDown, true);
  };
}
