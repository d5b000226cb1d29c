import type { Connection, Edge as FlowEdge } from '@xyflow/react';
import { create } from 'zustand';
import { checkConnection } from '#shared/compile/connectable.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import { type Edge, edgeId } from '#shared/graph/document.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { documentIndex } from './documentIndex.ts';
import type { FixedEnd } from './fitting.ts';
import { emptyHand, endDrag, takeInHand } from './inHand.ts';

type Endpoint = Edge['from'];

interface Connecting {
  /** Ports that the wire in hand fits, as `node.port` after its side; null while no wire is in hand. */
  readonly fits: ReadonlySet<string> | null;
  /** The side of the port that it begins at. */
  readonly from: 'source' | 'target' | null;
}

/** The wire being drawn: which ports light up. */
export const useConnecting = create<Connecting>(() => ({ fits: null, from: null }));

export const outputKey = (end: Endpoint): string => `${end.node}.${end.port}>`;
export const inputKey = (end: Endpoint): string => `>${end.node}.${end.port}`;

/** A wire of React Flow's in the document's words. */
export const endsOf = (wire: Connection | FlowEdge): { readonly from: Endpoint; readonly to: Endpoint } => ({
  from: { node: wire.source, port: wire.sourceHandle ?? '' },
  to: { node: wire.target, port: wire.targetHandle ?? '' },
});

/** A wire between its fixed end and another. */
export const joined = ({ at, side }: FixedEnd, other: Endpoint) =>
  side === 'source' ? { from: at, to: other } : { from: other, to: at };

/** The wire of which an end is in hand: it may go back to where it was. */
let inHand: string | null = null;

export function moveEndOf(id: string): void {
  inHand = id;
}

export const wireInHand = (): string | null => inHand;

/** Why a wire may not be drawn; null where it may. */
export function wireRefusal(from: Endpoint, to: Endpoint): Problem | null {
  const { graph: document, graphAnalysis: analysis } = useDocumentStore.getState();
  if (!document || edgeId({ from, to }) === inHand) return null;
  const checked = checkConnection(document, analysis, from, to);
  return checked.ok ? null : checked.error;
}

/** Lights up the ports that a wire from this end fits. */
export function startConnecting(end: Endpoint, side: 'source' | 'target'): void {
  const { graph: document } = useDocumentStore.getState();
  const fits = new Set<string>();
  if (!document) return;
  for (const node of document.nodes) {
    const ports = definitionOf(document, node)?.ports;
    const candidates = side === 'source' ? ports?.inputs : ports?.outputs;
    for (const port of candidates ?? []) {
      const other = { node: node.id, port: port.id };
      if (side === 'source' ? !wireRefusal(end, other) : !wireRefusal(other, end)) {
        fits.add(side === 'source' ? inputKey(other) : outputKey(other));
      }
    }
  }
  fits.add(side === 'source' ? outputKey(end) : inputKey(end));
  takeInHand(endDrag);
  useConnecting.setState({ fits, from: side });
}

export function stopConnecting(): void {
  inHand = null;
  emptyHand();
  useConnecting.setState({ fits: null, from: null });
}

/** The card at a place of the window. */
export function cardAt(x: number, y: number): string | null {
  const card = document.elementFromPoint(x, y)?.closest<HTMLElement>('.react-flow__node');
  return card?.dataset.id ?? null;
}

/**
 * The port of a card that the wire in hand goes to when it is let go over the card: of those that it fits a free one
 * that the node needs, else a free one, else the first. Where it fits none, the one that would have come first.
 */
export function portOn(nodeId: string): { readonly port: string | null; readonly refused: string | null } {
  const { graph } = useDocumentStore.getState();
  const { fits, from } = useConnecting.getState();
  if (!graph || !fits || !from) return { port: null, refused: null };
  const { nodes, wired } = documentIndex(graph);
  const node = nodes.get(nodeId);
  const ports = node && definitionOf(graph, node)?.ports;
  const key = from === 'source' ? inputKey : outputKey;
  const candidates = (from === 'source' ? ports?.inputs : ports?.outputs) ?? [];
  const isFree = (port: string): boolean => !wired.has(key({ node: nodeId, port }));
  const fitting = candidates.filter(({ id }) => fits.has(key({ node: nodeId, port: id })));
  const best =
    fitting.find(({ id, optional }) => !optional && isFree(id)) ??
    fitting.find(({ id }) => isFree(id)) ??
    fitting[0];
  return { port: best?.id ?? null, refused: best ? null : (candidates[0]?.id ?? null) };
}
