import { create } from 'zustand';
import { checkConnection } from '#shared/compile/connectable.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { Edge } from '#shared/graph/document.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import { useDocumentStore } from '../stores/documentStore.ts';

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

/** Why a wire may not be drawn; null where it may. */
export function wireRefusal(from: Endpoint, to: Endpoint): Problem | null {
  const { graph: document, graphAnalysis: analysis } = useDocumentStore.getState();
  if (!document) return null;
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
  useConnecting.setState({ fits, from: side });
}

export function stopConnecting(): void {
  useConnecting.setState({ fits: null, from: null });
}
