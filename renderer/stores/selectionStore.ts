import { create } from 'zustand';
import { keepPerDocument } from './perDocument.ts';

interface SelectionState {
  readonly nodeIds: ReadonlySet<string>;
  readonly edgeIds: ReadonlySet<string>;
  readonly noteIds: ReadonlySet<string>;
  /** Asks the canvas to bring a node into view; `at` makes a repeated request a new one. */
  readonly reveal: { readonly nodeId: string; readonly at: number } | null;
}

const none: ReadonlySet<string> = new Set();

const nothing: SelectionState = { nodeIds: none, edgeIds: none, noteIds: none, reveal: null };

export const useSelectionStore = create<SelectionState>(() => nothing);
keepPerDocument(useSelectionStore, nothing);

export function select(
  nodeIds: Iterable<string>,
  edgeIds: Iterable<string> = [],
  noteIds: Iterable<string> = [],
): void {
  const notes = new Set(noteIds);
  useSelectionStore.setState({
    nodeIds: new Set(nodeIds),
    edgeIds: new Set(edgeIds),
    noteIds: notes.size > 0 ? notes : none,
  });
}

/** Selects a node and brings it into view, as the Problems panel does on a click. */
export function revealNode(nodeId: string): void {
  useSelectionStore.setState({
    nodeIds: new Set([nodeId]),
    edgeIds: none,
    noteIds: none,
    reveal: { nodeId, at: performance.now() },
  });
}
