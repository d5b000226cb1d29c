import { create } from 'zustand';
import {
  documentPart,
  type OpenedDocument,
  openDocument,
  showStart,
  useDocumentStore,
} from './documentStore.ts';
import { type DocumentPart, type ParkedParts, partOf, putParts, takeParts, withPart } from './perDocument.ts';

interface TabState {
  /** Ids of the open documents (their `recoveryId`) as they stand in a row. */
  readonly order: readonly string[];
  /** The documents behind the one in front, with all that belongs to each. */
  readonly parked: ReadonlyMap<string, ParkedParts>;
}

/**
 * The open documents. The one in front lies in the other stores, so that everything in the window shows and
 * changes that one; to switch is to put its parts away and take out another's.
 */
export const useTabStore = create<TabState>(() => ({ order: [], parked: new Map() }));

/** Empty while no document is open. */
export const frontTab = (): string => useDocumentStore.getState().recoveryId;

/** A part of any open document, in front or behind; fresh where it was closed meanwhile. */
export function tabPart<T extends object>(id: string, part: DocumentPart<T>): T {
  if (id === frontTab()) return part.take();
  const parked = useTabStore.getState().parked.get(id);
  return parked ? partOf(parked, part) : part.fresh;
}

/** Changes a part of any open document; nothing where it was closed meanwhile. */
export function setTabPart<T extends object>(id: string, part: DocumentPart<T>, patch: Partial<T>): void {
  if (id === frontTab()) {
    part.put({ ...part.take(), ...patch });
    return;
  }
  const { parked } = useTabStore.getState();
  const parts = parked.get(id);
  if (parts) useTabStore.setState({ parked: new Map(parked).set(id, withPart(parts, part, patch)) });
}

/** The open documents, from left to right. */
export function openTabs(): { readonly id: string; readonly state: typeof documentPart.fresh }[] {
  return useTabStore.getState().order.map((id) => ({ id, state: tabPart(id, documentPart) }));
}

/** A new graph that nobody has touched makes room for the next one. */
function isUntouched(): boolean {
  const { document, file, history, savedDocument } = useDocumentStore.getState();
  return (
    document !== null &&
    document === savedDocument &&
    file === null &&
    document.nodes.length === 0 &&
    history?.future.length === 0
  );
}

function parkFront(): Map<string, ParkedParts> {
  const parked = new Map(useTabStore.getState().parked);
  const front = frontTab();
  if (front !== '') parked.set(front, takeParts());
  return parked;
}

/** Opens a document to the right of the one in front, and shows it. */
export function openTab(opened: OpenedDocument): void {
  const { order } = useTabStore.getState();
  const front = frontTab();
  const replaces = isUntouched();
  const parked = parkFront();
  if (replaces) parked.delete(front);
  putParts(undefined);
  openDocument(opened);
  const at = order.indexOf(front);
  useTabStore.setState({
    parked,
    order: order.toSpliced(at + 1 - Number(replaces), Number(replaces), frontTab()),
  });
}

/** Brings an open document to the front. */
export function showTab(id: string): void {
  const target = useTabStore.getState().parked.get(id);
  if (target) {
    const parked = parkFront();
    parked.delete(id);
    putParts(target);
    useTabStore.setState({ parked });
  }
  if (id === frontTab() && id !== '') showStart(false);
}

/** The document `by` places further, around the ends; undefined while none is open. */
export function nextTab(by: 1 | -1): string | undefined {
  const { order } = useTabStore.getState();
  return order.at((order.indexOf(frontTab()) + by) % order.length);
}

/** Lets a document go as it is; its neighbour comes to the front, or the start screen where there is none. */
export function dropTab(id: string): void {
  const { order } = useTabStore.getState();
  const at = order.indexOf(id);
  if (at < 0) return;
  const left = order.toSpliced(at, 1);
  const { startOpen } = useDocumentStore.getState();
  if (id === frontTab()) {
    const neighbour = left[at] ?? left.at(-1);
    if (neighbour === undefined) {
      putParts(undefined);
      showStart(true);
    } else {
      showTab(neighbour);
      if (startOpen) showStart(true);
    }
  }
  const parked = new Map(useTabStore.getState().parked);
  parked.delete(id);
  useTabStore.setState({ order: left, parked });
}

/** Puts a document at another place in the row. */
export function moveTab(id: string, to: number): void {
  const { order } = useTabStore.getState();
  const others = order.filter((other) => other !== id);
  if (others.length < order.length) useTabStore.setState({ order: others.toSpliced(to, 0, id) });
}
