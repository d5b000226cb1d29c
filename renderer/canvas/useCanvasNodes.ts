import {
  applyNodeChanges,
  type EdgeChange,
  type Edge as FlowEdge,
  type Node as FlowNode,
  type NodeChange,
} from '@xyflow/react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { moveNodes } from '#shared/graph/commands.ts';
import { edgeId, type GraphDocument } from '#shared/graph/document.ts';
import { sealEdits, useDocumentStore } from '../stores/documentStore.ts';
import { select, useSelectionStore } from '../stores/selectionStore.ts';
import { edit } from './canvasApi.ts';
import { publishBoxes } from './cardBoxes.ts';

export type CardNode = FlowNode<Record<string, never>, 'card'>;
const noData: Record<string, never> = {};

/** The document's nodes as React Flow wants them, every unchanged one by reference. */
function syncNodes(
  before: readonly CardNode[],
  document: GraphDocument,
  selected: ReadonlySet<string>,
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
      ...(old ?? { id: node.id, type: 'card' as const, data: noData }),
      position: node.position,
      selected: isSelected,
    };
  });
  return same ? (before as CardNode[]) : after;
}

/**
 * Nodes and wires for React Flow. While nodes are dragged their positions live here only; the
 * document learns of them in one command when the drag ends.
 */
export function useCanvasNodes(document: GraphDocument) {
  const selectedNodes = useSelectionStore((state) => state.nodeIds);
  const selectedEdges = useSelectionStore((state) => state.edgeIds);
  const [nodes, setNodes] = useState<CardNode[]>(() => syncNodes([], document, selectedNodes));

  useEffect(() => {
    setNodes((before) => syncNodes(before, document, selectedNodes));
  }, [document, selectedNodes]);

  useEffect(() => publishBoxes(nodes), [nodes]);

  const documentEdges = document.edges;
  const edges = useMemo(
    () =>
      documentEdges.map((edge): FlowEdge => {
        const id = edgeId(edge);
        return {
          id,
          type: 'wire',
          source: edge.from.node,
          sourceHandle: edge.from.port,
          target: edge.to.node,
          targetHandle: edge.to.port,
          selected: selectedEdges.has(id),
        };
      }),
    [documentEdges, selectedEdges],
  );

  const onNodesChange = useCallback((changes: NodeChange<CardNode>[]) => {
    const selection = changes.filter((change) => change.type === 'select');
    const rest = changes.filter((change) => change.type !== 'select' && change.type !== 'remove');
    if (rest.length > 0) setNodes((before) => applyNodeChanges(rest, before));
    if (selection.length > 0) {
      const state = useSelectionStore.getState();
      const chosen = new Set(state.nodeIds);
      for (const change of selection) change.selected ? chosen.add(change.id) : chosen.delete(change.id);
      select(chosen, state.edgeIds);
    }
  }, []);
  const onEdgesChange = useCallback((changes: EdgeChange[]) => {
    const selection = changes.filter((change) => change.type === 'select');
    if (selection.length === 0) return;
    const state = useSelectionStore.getState();
    const chosen = new Set(state.edgeIds);
    for (const change of selection) change.selected ? chosen.add(change.id) : chosen.delete(change.id);
    select(state.nodeIds, chosen);
  }, []);

  /** Writes the positions of dragged nodes into the document, as one undo step. */
  const commitPositions = useCallback((moved: readonly CardNode[]) => {
    const current = useDocumentStore.getState().document;
    const changed = moved.filter(({ id, position }) => {
      const node = current?.nodes.find((other) => other.id === id);
      return node && (node.position.x !== position.x || node.position.y !== position.y);
    });
    if (changed.length === 0) return;
    sealEdits();
    edit(moveNodes(Object.fromEntries(changed.map(({ id, position }) => [id, position]))));
    sealEdits();
  }, []);

  return { nodes, setNodes, edges, onNodesChange, onEdgesChange, commitPositions };
}
