import ELK from 'elkjs/lib/elk-api.js';
import elkWorkerUrl from 'elkjs/lib/elk-worker.min.js?url';
import type { Point } from './canvasApi.ts';

let elk: InstanceType<typeof ELK> | null = null;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Something that takes up room and has ports: a card, or a frame with all that is in it. */
export interface LayoutBox extends Size {
  readonly id: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** How far below the upper edge the ports lie: `<` and the name of an input, `>` and that of an output. */
  readonly heights?: ReadonlyMap<string, number>;
}

/** From a port of one box to a port of another. */
export interface LayoutWire {
  readonly from: { readonly node: string; readonly port: string };
  readonly to: { readonly node: string; readonly port: string };
}

/** Up to so many boxes get the tidiest places; beyond, those that are found fast. */
export const TIDIEST_UP_TO = 150;
/** Longer chains are broken into rows. */
const ROWS_FROM = 8;

const startElk = () => new ELK({ workerFactory: () => new Worker(elkWorkerUrl) });

/** Boxes of the made-up graph that a worker is warmed by. */
const WARMING_BOXES = 160;
/** How often it lays them out: after the first time much of ELK is still compiled in haste only. */
const WARMING_ROUNDS = 3;

/**
 * Starts the worker and lets it lay out a graph that nobody sees. The first layout of a worker takes three times as
 * long as the next one, since nothing of ELK is compiled yet; for graphs of hundreds that is felt.
 */
export async function warmLayout(): Promise<void> {
  if (elk) return;
  const ids = Array.from({ length: WARMING_BOXES }, (_, at) => `${at}`);
  const wires = [1, 3].flatMap((by) =>
    ids.slice(by).map((id, at) => ({ from: { node: `${at}`, port: 'y' }, to: { node: id, port: 'x' } })),
  );
  const heights = new Map([
    ['<x', 46],
    ['>y', 46],
  ]);
  const boxes = ids.map((id) => ({ id, width: 160, height: 80, inputs: ['x'], outputs: ['y'], heights }));
  for (let round = 0; round < WARMING_ROUNDS; round++) await autoLayout(boxes, wires);
}

/** Positions that let the data flow from left to right, worked out by ELK in a worker. */
export async function autoLayout(
  boxes: readonly LayoutBox[],
  wires: readonly LayoutWire[],
): Promise<ReadonlyMap<string, Point>> {
  elk ??= startElk();
  const inputs = new Map(boxes.map((box) => [box.id, new Set(box.inputs)]));
  const outputs = new Map(boxes.map((box) => [box.id, new Set(box.outputs)]));
  const port = ({ id, width, heights }: LayoutBox, side: '<' | '>', name: string) => ({
    id: `${id}${side}${name}`,
    x: side === '<' ? 0 : width,
    y: heights?.get(`${side}${name}`) ?? 0,
    layoutOptions: { 'elk.port.side': side === '<' ? 'WEST' : 'EAST' },
  });
  // Wires run level only where ELK knows how high the ports are.
  const arePlaced = ({ inputs, outputs, heights }: LayoutBox): boolean =>
    heights !== undefined &&
    inputs.every((name) => heights.has(`<${name}`)) &&
    outputs.every((name) => heights.has(`>${name}`));
  const many = boxes.length > TIDIEST_UP_TO;
  const graph = await elk.layout({
    id: 'graph',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.layered.spacing.nodeNodeBetweenLayers': '64',
      'elk.spacing.nodeNode': '36',
      'elk.layered.nodePlacement.strategy': many ? 'BRANDES_KOEPF' : 'NETWORK_SIMPLEX',
      // Tries at an order with few crossings; 7 is what ELK does by itself, and takes twice as long.
      'elk.layered.thoroughness': many ? '1' : '7',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.wrapping.strategy': boxes.length > ROWS_FROM ? 'MULTI_EDGE' : 'OFF',
      'elk.layered.wrapping.additionalEdgeSpacing': '48',
      'elk.aspectRatio': '1.9',
    },
    children: boxes.map((box) => ({
      id: box.id,
      width: box.width,
      height: box.height,
      layoutOptions: { 'elk.portConstraints': arePlaced(box) ? 'FIXED_POS' : 'FIXED_SIDE' },
      ports: [
        ...box.inputs.map((name) => port(box, '<', name)),
        ...box.outputs.map((name) => port(box, '>', name)),
      ],
    })),
    edges: wires
      .filter(({ from, to }) => outputs.get(from.node)?.has(from.port) && inputs.get(to.node)?.has(to.port))
      .map(({ from, to }, index) => ({
        id: `e${index}`,
        sources: [`${from.node}>${from.port}`],
        targets: [`${to.node}<${to.port}`],
      })),
  });
  return new Map((graph.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }]));
}
