import { create } from 'zustand';
import { type Level, openBlocks } from '#shared/graph/blockLevels.ts';
import {
  type ChangeKind,
  compareDocuments,
  type DocumentChanges,
  type GraphChanges,
  type PartChange,
} from '#shared/graph/compareDocuments.ts';
import { BLOCK_KIND, type Edge, type GraphDocument, type NodeInstance } from '#shared/graph/document.ts';
import type { Edit } from '../i18n/commandText.ts';
import { documentPart, useDocumentStore } from '../stores/documentStore.ts';
import { keepPerDocument } from '../stores/perDocument.ts';
import { tabPart } from '../stores/tabStore.ts';

/** What the document is compared with: how it was there, and where that was found. */
export type CompareBase = { readonly document: GraphDocument } & (
  | { readonly kind: 'saved' | 'file'; readonly name: string }
  | { readonly kind: 'tab'; readonly id: string; readonly name: string }
  /** A state of the history; `step` is the edit that led to it, null for how it was opened. */
  | { readonly kind: 'step'; readonly step: Edit | null }
);

interface CompareState {
  readonly base: CompareBase | null;
  /** Key of the difference that is looked at. */
  readonly at: string | null;
  /** When it was asked for, so that asking again shows it again. */
  readonly asked: number;
}

const nothing: CompareState = { base: null, at: null, asked: 0 };

/** With what the document in front is compared; each document has its own. */
export const useCompareStore = create<CompareState>(() => nothing);
keepPerDocument(useCompareStore, nothing);

/** Signs that say without colour what became of a part. */
export const changeSign: Readonly<Record<ChangeKind, string>> = { added: '+', removed: '−', changed: '~' };

/** Another open document is compared as it is now. */
export function baseDocument(base: CompareBase): GraphDocument {
  return (base.kind === 'tab' ? tabPart(base.id, documentPart).document : null) ?? base.document;
}

let latest: {
  readonly before: GraphDocument;
  readonly after: GraphDocument;
  readonly changes: DocumentChanges;
} | null = null;

/** Worked out once per change, however many cards ask. */
export function changesBetween(before: GraphDocument, after: GraphDocument): DocumentChanges {
  if (latest?.before !== before || latest.after !== after)
    latest = { before, after, changes: compareDocuments(before, after) };
  return latest.changes;
}

/** The differences of the document in front; null while it is not compared. */
export function useChanges(): DocumentChanges | null {
  const base = useCompareStore((state) => state.base);
  return useDocumentStore(({ document }) => base && document && changesBetween(baseDocument(base), document));
}

const same: GraphChanges = {
  nodes: new Map(),
  edges: new Map(),
  frames: new Map(),
  notes: new Map(),
  moved: 0,
};

function changesAt(base: CompareBase, document: GraphDocument, level: Level): GraphChanges {
  const { graph, blocks } = changesBetween(baseDocument(base), document);
  if (level.length === 0) return graph;
  const open = openBlocks(document, level).at(-1)?.block.id;
  return blocks.find(({ id }) => id === open)?.inside ?? same;
}

interface Shown {
  /** The differences of what is on the canvas; null while nothing is compared. */
  readonly graph: GraphChanges | null;
  /** Ids of the blocks in which something differs. */
  readonly changedBlocks: ReadonlySet<string>;
}

const nothingShown: Shown = { graph: null, changedBlocks: new Set() };

/** What cards and wires ask: it is still while nothing is compared, so that edits wake nobody here. */
const useShown = create<Shown>(() => nothingShown);

function refresh(): void {
  const { base } = useCompareStore.getState();
  const { document, level } = useDocumentStore.getState();
  if (!base || !document) {
    if (useShown.getState() !== nothingShown) useShown.setState(nothingShown, true);
    return;
  }
  const graph = changesAt(base, document, level);
  const { changedBlocks } = changesBetween(baseDocument(base), document);
  if (graph !== useShown.getState().graph) useShown.setState({ graph, changedBlocks });
}
useCompareStore.subscribe((state, before) => {
  if (state.base !== before.base) refresh();
});
useDocumentStore.subscribe((state, before) => {
  if (state.document !== before.document || state.level !== before.level) refresh();
});

export const useGraphChanges = (): GraphChanges | null => useShown(({ graph }) => graph);

/** What became of a node on the canvas. */
export const useNodeChange = (id: string): PartChange<NodeInstance> | undefined =>
  useShown(({ graph }) => graph?.nodes.get(id));

/** Whether a node is an instance of a block in which something differs. */
export const useHoldsChange = ({ kind, params }: NodeInstance): boolean =>
  useShown(({ changedBlocks }) => kind === BLOCK_KIND && changedBlocks.has(String(params.block)));

/** What became of a wire on the canvas. */
export const useEdgeChange = (id: string): PartChange<Edge> | undefined =>
  useShown(({ graph }) => graph?.edges.get(id));

export const startComparing = (base: CompareBase): void => useCompareStore.setState({ base, at: null });

export const endComparing = (): void => useCompareStore.setState(nothing);
