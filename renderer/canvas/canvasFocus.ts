import { useSelectionStore } from '../stores/selectionStore.ts';

/** What had the keyboard last on the canvas. */
let last: HTMLElement | null = null;
/** The pointer was pressed since the keyboard last went somewhere by a key. */
let byPointer = false;

/**
 * Whether the keyboard is where it is because of a click. `:focus-visible` does not tell: at the first key after the
 * click it matches.
 */
export const isFocusedByPointer = (): boolean => byPointer;

/** Remembers where the keyboard is on the canvas; returns the way to forget it. */
export function attachCanvasFocus(): () => void {
  let byHand = false;
  const onPress = (): void => {
    byHand = true;
    byPointer = true;
  };
  const onKey = (): void => {
    byHand = false;
  };
  const note = ({ target }: FocusEvent): void => {
    if (!byHand) byPointer = false;
    const isPlace = target instanceof HTMLElement && target.matches('.react-flow__node, .cv-note .grip');
    if (isPlace) last = target;
  };
  document.addEventListener('focusin', note);
  window.addEventListener('pointerdown', onPress, true);
  window.addEventListener('keydown', onKey, true);
  return () => {
    document.removeEventListener('focusin', note);
    window.removeEventListener('pointerdown', onPress, true);
    window.removeEventListener('keydown', onKey, true);
    byPointer = false;
    last = null;
  };
}

function selectedCard(): HTMLElement | null {
  const [nodeId, ...others] = useSelectionStore.getState().nodeIds;
  return nodeId === undefined || others.length > 0
    ? null
    : document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(nodeId)}"]`);
}

/** Gives the keyboard to the one selected card, else to what had it last on the canvas. False where neither is. */
export function returnToCanvas(): boolean {
  const to = selectedCard() ?? (last?.isConnected ? last : null);
  to?.focus({ preventScroll: true });
  return to !== null;
}

/** The same, else the first card. */
export function focusCanvas(): boolean {
  if (returnToCanvas()) return true;
  const first = document.querySelector<HTMLElement>('.react-flow__node');
  first?.focus({ preventScroll: true });
  return first !== null;
}

const soon = (action: () => void): void => void requestAnimationFrame(() => requestAnimationFrame(action));

/** Gives the keyboard to the selected card once it is drawn: to a node that was just added. */
export function focusSelectedSoon(): void {
  soon(() => selectedCard()?.focus({ preventScroll: true }));
}

/** Gives the keyboard to the canvas once another graph is drawn on it. */
export const focusCanvasSoon = (): void => soon(() => void focusCanvas());

/** Whether the keyboard is on the canvas, or nowhere. */
export const isOnCanvas = (): boolean =>
  document.activeElement === document.body || document.activeElement?.closest('.cv') != null;

/** After cards were taken away: where the keyboard went with them, a neighbour has it. */
export function focusNeighbourSoon(nodeId: string | undefined): void {
  soon(() => {
    if (nodeId === undefined || document.activeElement !== document.body) return;
    document
      .querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(nodeId)}"]`)
      ?.focus({ preventScroll: true });
  });
}
