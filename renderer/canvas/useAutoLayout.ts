import { type ReactFlowInstance, useReactFlow } from '@xyflow/react';
import { type Dispatch, type SetStateAction, useCallback, useEffect } from 'react';
import { i18n } from '../i18n/i18n.ts';
import { useBusy, whileBusy } from '../stores/busyStore.ts';
import { sealEdits, useDocumentStore } from '../stores/documentStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { dismissText, showToast } from '../stores/toastStore.ts';
import { autoLayout, TIDIEST_UP_TO, warmLayout } from './autoLayout.ts';
import { edit, type Point } from './canvasApi.ts';
import { plainLayout } from './plainLayout.ts';
import { applyTidied, tidy } from './tidy.ts';
import type { CardNode } from './useCanvasNodes.ts';

const DURATION_MS = 320;
/** ELK takes minutes for more, and goes as deep as the longest way through a graph. */
const BEST_UP_TO = 2500;
/** An arrangement that takes longer is worth a word. */
const QUIET_MS = 400;

/** Places by ELK; plain ones where the graph is too large or too deep for it. */
const layout: typeof autoLayout = (boxes, wires) =>
  boxes.length > BEST_UP_TO
    ? Promise.resolve(plainLayout(boxes, wires))
    : autoLayout(boxes, wires).catch(() => plainLayout(boxes, wires));
/** More cards than this go to their places at once: each frame of the way would take too long. */
const GLIDING_UP_TO = 200;
const easeOut = (share: number): number => 1 - (1 - share) ** 3;

/** How far below the top of a card its ports are, as they are drawn. */
function portHeights(flow: ReactFlowInstance<CardNode>, id: string): ReadonlyMap<string, number> {
  const { source, target } = flow.getInternalNode(id)?.internals.handleBounds ?? {};
  const heights = (side: '<' | '>', handles: typeof source): [string, number][] =>
    (handles ?? []).map((handle) => [`${side}${handle.id}`, handle.y + handle.height / 2]);
  return new Map([...heights('<', target), ...heights('>', source)]);
}

/**
 * Arranges the selection, or the graph where fewer than two cards are selected: the cards glide to their places,
 * and the whole is one step of undo.
 */
export function useAutoLayout(
  setNodes: Dispatch<SetStateAction<CardNode[]>>,
  fit: () => void,
): () => Promise<void> {
  const flow = useReactFlow<CardNode>();
  const large = useDocumentStore(({ graph }) => (graph?.nodes.length ?? 0) > TIDIEST_UP_TO);
  useEffect(() => {
    if (!large) return;
    const idle = requestIdleCallback(() => void warmLayout());
    return () => cancelIdleCallback(idle);
  }, [large]);
  const arrange = useCallback(async () => {
    const { graph: document } = useDocumentStore.getState();
    if (!document || document.nodes.length === 0) return;
    const shown = flow.getNodes();
    const sizes = new Map(
      shown.map((node) => [
        node.id,
        {
          width: node.measured?.width ?? 160,
          height: node.measured?.height ?? 90,
          ports: portHeights(flow, node.id),
        },
      ]),
    );
    const { nodeIds } = useSelectionStore.getState();
    const chosen = document.nodes.filter(({ id }) => nodeIds.has(id)).map(({ id }) => id);
    const part = chosen.length > 1;
    const ids = new Set(part ? chosen : document.nodes.map(({ id }) => id));
    const arranging = i18n.t('canvas.arranging', { count: ids.size });
    const timer = setTimeout(
      () => useBusy.getState().text === null && showToast({ tone: 'info', text: arranging }),
      QUIET_MS,
    );
    const tidied = await tidy(document, ids, sizes, layout).finally(() => {
      clearTimeout(timer);
      dismissText(arranging);
    });
    const goals = tidied.nodes;
    // Work done while the layout was computed wins.
    if (useDocumentStore.getState().graph !== document) return;
    if (ids.size <= GLIDING_UP_TO && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
      const from = new Map<string, Point>(shown.map((node) => [node.id, node.position]));
      await new Promise<void>((resolve) => {
        const start = performance.now();
        const frame = (now: number): void => {
          const share = easeOut(Math.min(1, Math.max(0, now - start) / DURATION_MS));
          setNodes((nodes) =>
            nodes.map((node) => {
              const a = from.get(node.id);
              const b = goals.get(node.id);
              if (!a || !b) return node;
              return { ...node, position: { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share } };
            }),
          );
          if (share < 1) requestAnimationFrame(frame);
          else resolve();
        };
        requestAnimationFrame(frame);
      });
    }
    sealEdits();
    edit(applyTidied(tidied));
    sealEdits();
    if (!part) requestAnimationFrame(fit);
  }, [flow, setNodes, fit]);
  return useCallback(() => {
    const count = useDocumentStore.getState().graph?.nodes.length ?? 0;
    return count > BEST_UP_TO ? whileBusy(i18n.t('canvas.arranging', { count }), arrange) : arrange();
  }, [arrange]);
}
