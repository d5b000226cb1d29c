import { useReactFlow } from '@xyflow/react';
import { type Dispatch, type SetStateAction, useCallback } from 'react';
import { moveNodes } from '#shared/graph/commands.ts';
import { sealEdits, useDocumentStore } from '../stores/documentStore.ts';
import { autoLayout } from './autoLayout.ts';
import { edit, type Point } from './canvasApi.ts';
import type { CardNode } from './useCanvasNodes.ts';

const DURATION_MS = 320;
const easeOut = (share: number): number => 1 - (1 - share) ** 3;

/** Arranges the graph: the nodes glide to their places, and the whole is one step of undo. */
export function useAutoLayout(
  setNodes: Dispatch<SetStateAction<CardNode[]>>,
  fit: () => void,
): () => Promise<void> {
  const flow = useReactFlow<CardNode>();
  return useCallback(async () => {
    const { graph: document } = useDocumentStore.getState();
    if (!document || document.nodes.length === 0) return;
    const shown = flow.getNodes();
    const sizes = new Map(
      shown.map((node) => [
        node.id,
        { width: node.measured?.width ?? 160, height: node.measured?.height ?? 90 },
      ]),
    );
    const goals = await autoLayout(document, sizes);
    // Work done while the layout was computed wins.
    if (useDocumentStore.getState().graph !== document) return;
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) {
      const from = new Map<string, Point>(shown.map((node) => [node.id, node.position]));
      await new Promise<void>((resolve) => {
        const start = performance.now();
        const frame = (now: number): void => {
          const share = easeOut(Math.min(1, Math.max(0, now - start) / DURATION_MS));
          setNodes((nodes) =>
            nodes.map((node) => {
              const a = from.get(node.id);
              const b = goals[node.id];
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
    edit(moveNodes(goals));
    sealEdits();
    requestAnimationFrame(fit);
  }, [flow, setNodes, fit]);
}
