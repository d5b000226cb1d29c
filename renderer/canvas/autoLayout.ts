import ELK from 'elkjs/lib/elk-api.js';
import elkWorkerUrl from 'elkjs/lib/elk-worker.min.js?url';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import type { Point } from './canvasApi.ts';

let elk: InstanceType<typeof ELK> | null = null;

/** Positions that let the data flow from left to right, worked out by ELK in a worker. */
export async function autoLayout(
  document: GraphDocument,
  sizes: ReadonlyMap<string, { width: number; height: number }>,
): Promise<Record<string, Point>> {
  elk ??= new ELK({ workerFactory: () => new Worker(elkWorkerUrl) });
  const graph = await elk.layout({
    id: 'graph',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.layered.spacing.nodeNodeBetweenLayers': '64',
      'elk.spacing.nodeNode': '36',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.wrapping.strategy': document.nodes.length > 8 ? 'MULTI_EDGE' : 'OFF',
      'elk.layered.wrapping.additionalEdgeSpacing': '48',
      'elk.aspectRatio': '1.9',
    },
    children: document.nodes.map((node) => {
      const ports = definitionOf(document, node)?.ports;
      const port = (id: string, side: 'WEST' | 'EAST') => ({
        id,
        layoutOptions: { 'elk.port.side': side },
      });
      return {
        id: node.id,
        ...(sizes.get(node.id) ?? { width: 160, height: 90 }),
        layoutOptions: { 'elk.portConstraints': 'FIXED_SIDE' },
        ports: [
          ...(ports?.inputs ?? []).map(({ id }) => port(`${node.id}<${id}`, 'WEST')),
          ...(ports?.outputs ?? []).map(({ id }) => port(`${node.id}>${id}`, 'EAST')),
        ],
      };
    }),
    edges: document.edges
      .filter(({ from, to }) => {
        const source = document.nodes.find(({ id }) => id === from.node);
        const target = document.nodes.find(({ id }) => id === to.node);
        return source && target && definitionOf(document, source) && definitionOf(document, target);
      })
      .map(({ from, to }, index) => ({
        id: `e${index}`,
        sources: [`${from.node}>${from.port}`],
        targets: [`${to.node}<${to.port}`],
      })),
  });
  return Object.fromEntries(
    (graph.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x: Math.round(x), y: Math.round(y) }]),
  );
}
