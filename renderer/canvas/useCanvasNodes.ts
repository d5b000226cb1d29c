import {
  applyNodeChanges,
  type EdgeChange,
  type Edge as FlowEdge,
  type Node as FlowNode,
  type NodeChange,
  useStoreApi,
} from '@xyflow/react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { edgeId, type GraphDocument, type Point } from '#shared/graph/document.ts';
import { select, useSelectionStore } from '../stores/selectionStore.ts';
import { useTabStore } from '../stores/tabStore.ts';
import { bareCard } from './bareCard.ts';
import { publishBoxes } from './cardBoxes.ts';
import { isBare, isLarge, noteCards, useCardDetail } from './cardDetail.ts';
import { carryTo, drop, isAdding } from './dragging.ts';
import { tuneFlowStore } from './flowStore.ts';
import { land, putDown, settle } from './lift.ts';
import { straightOn } from './wirePath.ts';

/** So long after the last card got its inside, the wires at it can be taken by their ends. */
const HANDLES_MS = 250;

/** So many new cards or wires at once: cards are on the screen first, and then come wires and their ways. */
const AFTER_PAINT_FROM = 300;

/** Calls when what is laid out now has been painted; the answer takes it back. */
function afterPaint(act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(act);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

export type CardNode = FlowNode<Record<string, never>, 'card'>;
const noData: Record<string, never> = {};
/** In place of React Flow's English “node” and “edge”: what they are called says what they are, in any language. */
const ownWords = { 'aria-roledescription': undefined };
/** A wire with the points that it is led through. */
export type WireEdge = FlowEdge<{ via: readonly Point[] }, 'wire'> & { data: { via: readonly Point[] } };

/**
 * The document's nodes as React Flow wants them, every unchanged one by reference. A new card that is drawn without
 * its inside comes with its size, so that neither it nor its wires wait to be measured.
 */
function syncNodes(
  before: readonly CardNode[],
  document: GraphDocument,
  selected: ReadonlySet<string>,
  isDrawnBare: (id: string) => boolean,
): CardNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  let same = before.length === document.nodes.length;
  const after = document.nodes.map((node, index): CardNode => {
    const old = known.get(node.id);
    const isSelected = selected.has(node.id);
    const unmoved = old && old.position.x === node.position.x && old.position.y === node.position.y;
    if (old && unmoved && (old.selected ?? false) === isSelected) {
      if (before[index] !== old) same = false;
      return old;
    }
    same = false;
    return {
      ...(old ?? {
        id: node.id,
        type: 'card' as const,
        data: noData,
        domAttributes: ownWords,
        ...(isDrawnBare(node.id) && bareCard(document, node)),
      }),
      position: node.position,
      selected: isSelected,
    };
  });
  return same ? (before as CardNode[]) : after;
}

/**
 * The document's wires as React Flow wants them, every unchanged one by reference. Those between cards that cannot be
 * read have no handles at their ends, which in a graph of thousands are a fifth of all that is drawn.
 */
function syncEdges(
  before: readonly WireEdge[],
  wires: GraphDocument['edges'],
  selected: ReadonlySet<string>,
  isDrawnBare: (id: string) => boolean,
): WireEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  let same = before.length === wires.length;
  const after = wires.map((edge, index): WireEdge => {
    const id = edgeId(edge);
    const old = known.get(id);
    const isSelected = selected.has(id);
    const via = edge.via ?? straightOn;
    const reconnectable = !isDrawnBare(edge.from.node) || !isDrawnBare(edge.to.node);
    const alike = old?.selected === isSelected && old.reconnectable === reconnectable;
    if (old && alike && old.data.via === via) {
      if (before[index] !== old) same = false;
      return old;
    }
    same = false;
    return {
      id,
      type: 'wire',
      source: edge.from.node,
      sourceHandle: edge.from.port,
      target: edge.to.node,
      targetHandle: edge.to.port,
      // In place of React Flow's own English; by ids, which no language changes.
      ariaLabel: `${edge.from.node}.${edge.from.port} → ${edge.to.node}.${edge.to.port}`,
      domAttributes: ownWords,
      data: { via },
      reconnectable,
      selected: isSelected,
    };
  });
  return same ? (before as WireEdge[]) : after;
}

/** What was measured counts from now on, and not what was given. */
function withoutHandles(nodes: CardNode[], measured: ReadonlySet<string>): CardNode[] {
  return nodes.map((node) => {
    if (!node.handles || !measured.has(node.id)) return node;
    const { handles: _, ...rest } = node;
    return rest;
  });
}

/** The cards of open documents as they were last shown, with their sizes: coming back, none is measured anew. */
const left = new Map<string, readonly CardNode[]>();
useTabStore.subscribe(({ order }) => {
  for (const id of left.keys()) if (!order.includes(id)) left.delete(id);
});

/**
 * Nodes and wires for React Flow. While nodes are dragged, only the cards in hand and
 * their wires move (lift.ts); the document learns of it in one command when the drag ends.
 */
export function useCanvasNodes(document: GraphDocument, documentId: string) {
  const selectedNodes = useSelectionStore((state) => state.nodeIds);
  const selectedEdges = useSelectionStore((state) => state.edgeIds);
  const store = useStoreApi();
  const [nodes, setNodes] = useState<CardNode[]>(() => {
    tuneFlowStore(store);
    const large = isLarge(document.nodes);
    return syncNodes(large ? [] : (left.get(documentId) ?? []), document, selectedNodes, () => large);
  });
  const [first] = useState(nodes);
  // Wires look for their ways among them before they are drawn.
  useLayoutEffect(() => publishBoxes(first), [first]);

  const drawn = useRef<readonly string[]>([]);
  // Before the cards are drawn, which React Flow does in an effect of its own.
  useLayoutEffect(() => {
    const ids = document.nodes.map(({ id }) => id);
    noteCards(ids, drawn.current);
    drawn.current = ids;
  }, [document]);

  // Here and for the wires at once, as part of the edit: later, a frame of the old graph could come between.
  useLayoutEffect(() => {
    setNodes((before) => syncNodes(before, document, selectedNodes, isBare));
  }, [document, selectedNodes]);

  const shownNodes = useRef(nodes.length);
  useEffect(() => {
    settle();
    left.set(documentId, nodes);
    const publish = (): void => publishBoxes(nodes);
    // Each wire looks for its way among the new cards, which would keep them from being shown.
    const many = nodes.length - shownNodes.current > AFTER_PAINT_FROM;
    shownNodes.current = nodes.length;
    return many ? afterPaint(publish) : publish();
  }, [nodes, documentId]);

  // Most edits leave the wires alone.
  const { edges: wires } = document;
  const [edges, setEdges] = useState<WireEdge[]>(() =>
    syncEdges([], wires, selectedEdges, () => isLarge(document.nodes)),
  );
  const shownWires = useRef(wires.length);
  useLayoutEffect(() => {
    const sync = (): void => setEdges((before) => syncEdges(before, wires, selectedEdges, isBare));
    // With so many new ones the cards are shown first: the wires would take as long again.
    const many = wires.length - shownWires.current > AFTER_PAINT_FROM;
    shownWires.current = wires.length;
    const cancel = many ? afterPaint(sync) : sync();
    // Once cards have got their inside, and not with each frame of it: React Flow looks through all wires.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = useCardDetail.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(sync, HANDLES_MS);
    });
    return () => {
      cancel?.();
      clearTimeout(timer);
      off();
    };
  }, [wires, selectedEdges]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      const selection = changes.filter((change) => change.type === 'select');
      const moves = changes.filter((change) => change.type === 'position');
      const rest = changes.filter((change) => !['select', 'remove', 'position'].includes(change.type));
      const measured = new Set(rest.flatMap((change) => (change.type === 'dimensions' ? [change.id] : [])));
      if (rest.length > 0) setNodes((before) => withoutHandles(applyNodeChanges(rest, before), measured));
      if (selection.length > 0) {
        const state = useSelectionStore.getState();
        const chosen = new Set(state.nodeIds);
        for (const change of selection) change.selected ? chosen.add(change.id) : chosen.delete(change.id);
        select(chosen, state.edgeIds, isAdding() ? state.noteIds : []);
      }
      const [first] = moves;
      if (!first) return;
      if (first.dragging) carryTo(moves, store.getState().transform[2]);
      else if (drop()) land();
      else putDown();
    },
    [store],
  );
  const onEdgesChange = useCallback((changes: EdgeChange[]) => {
    const selection = changes.filter((change) => change.type === 'select');
    if (selection.length === 0) return;
    const state = useSelectionStore.getState();
    const chosen = new Set(state.edgeIds);
    for (const change of selection) change.selected ? chosen.add(change.id) : chosen.delete(change.id);
    select(state.nodeIds, chosen, state.noteIds);
  }, []);

  return { nodes, setNodes, edges, onNodesChange, onEdgesChange };
}
