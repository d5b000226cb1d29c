import { z } from 'zod';
import { defineLayer, type LayerNode, type PortSpec } from '../nodes/defineNode.ts';
import { blockFace } from './blockFace.ts';
import { type BlockDefinition, type BlockParam, type Edge, edgeId, type NodeInstance } from './document.ts';
import { rounded } from './rounded.ts';

/**
 * While a block is open its ports stand in the graph as two nodes. They are never in a file: no id there may
 * have a `$`.
 */
export const INPUTS_ID = '$inputs';
export const OUTPUTS_ID = '$outputs';
export const INPUTS_KIND = 'block-inputs';
export const OUTPUTS_KIND = 'block-outputs';
/** The free port of either: a wire to it makes a port of its own. */
export const NEW_PORT = '$new';

export const isPortsNode = (id: string): boolean => id === INPUTS_ID || id === OUTPUTS_ID;

const DISTANCE = { before: 260, after: 300 };

/** Where the ports stand that nobody has moved: left and right of what is inside, at the height of its middle. */
function placeBeside(block: BlockDefinition, side: 'before' | 'after'): NodeInstance['position'] {
  const xs = block.nodes.map(({ position }) => position.x);
  const ys = block.nodes.map(({ position }) => position.y);
  if (xs.length === 0) return { x: side === 'before' ? -DISTANCE.before : DISTANCE.after, y: 0 };
  return {
    x: side === 'before' ? Math.min(...xs) - DISTANCE.before : Math.max(...xs) + DISTANCE.after,
    y: rounded((Math.min(...ys) + Math.max(...ys)) / 2),
  };
}

export function portNodes(block: BlockDefinition): readonly NodeInstance[] {
  const params = { block: block.id };
  return [
    {
      id: INPUTS_ID,
      kind: INPUTS_KIND,
      params,
      position: block.inputsAt ?? placeBeside(block, 'before'),
    },
    {
      id: OUTPUTS_ID,
      kind: OUTPUTS_KIND,
      params,
      position: block.outputsAt ?? placeBeside(block, 'after'),
    },
  ];
}

/** Puts wires among those into the same port, each at its place; the others keep their order. */
function orderWires(
  edges: readonly Edge[],
  ranked: readonly { readonly edge: Edge; readonly order: number }[],
): readonly Edge[] {
  const target = ({ to }: Edge): string => `${to.node}.${to.port}`;
  const rows = new Map<string, Edge[]>();
  for (const { edge } of ranked) rows.set(target(edge), []);
  if (rows.size === 0) return edges;
  for (const edge of edges) rows.get(target(edge))?.push(edge);
  for (const { edge, order } of ranked.toSorted((a, b) => a.order - b.order)) {
    rows.get(target(edge))?.splice(order, 0, edge);
  }
  const done = new Set<string>();
  const ordered = edges.flatMap((edge): readonly Edge[] => {
    const row = rows.get(target(edge));
    if (!row) return [edge];
    if (done.has(target(edge))) return [];
    done.add(target(edge));
    return row;
  });
  return [...ordered, ...[...rows].flatMap(([key, row]) => (done.has(key) ? [] : row))];
}

/** The wires inside a block with those from and to its ports. */
export function wiresInside(block: BlockDefinition): readonly Edge[] {
  const incoming = block.inputs.flatMap(({ id, to }) =>
    to.map(({ node, port, order }) => ({
      edge: { from: { node: INPUTS_ID, port: id }, to: { node, port } },
      order,
    })),
  );
  const ranked = incoming.flatMap(({ edge, order }) => (order === undefined ? [] : [{ edge, order }]));
  const loose = incoming.flatMap(({ edge, order }) => (order === undefined ? [edge] : []));
  const outgoing = block.outputs.flatMap(({ id, from }) =>
    from ? [{ from, to: { node: OUTPUTS_ID, port: id } }] : [],
  );
  return orderWires([...block.edges, ...loose, ...outgoing], ranked);
}

/**
 * Places of the wires inside a block among those into the same port, where there are several: by `edgeId`, with
 * those from the block's own ports. So the order of values is the block's, however its instances are wired.
 */
export function wirePlaces(block: BlockDefinition): ReadonlyMap<string, number> {
  const rows = new Map<string, Edge[]>();
  for (const edge of wiresInside(block)) {
    const target = `${edge.to.node}.${edge.to.port}`;
    const row = rows.get(target);
    if (row) row.push(edge);
    else rows.set(target, [edge]);
  }
  const shared = [...rows.values()].filter((row) => row.length > 1);
  return new Map(shared.flatMap((row) => row.map((edge, place) => [edgeId(edge), place] as const)));
}

/** The parameters inside that one of a block sets. */
export const innerParams = ({
  node,
  param,
  also = [],
}: BlockParam): readonly Pick<BlockParam, 'node' | 'param'>[] => [{ node, param }, ...also];

/** A parameter of a block without those of nodes that are gone; undefined where none is left. */
export function withoutLost(param: BlockParam, isThere: (node: string) => boolean): BlockParam | undefined {
  const all = innerParams(param);
  const [first, ...others] = all.filter(({ node }) => isThere(node));
  if (!first || all.length === others.length + 1) return first && param;
  const { also: _, ...rest } = param;
  return {
    ...rest,
    node: first.node,
    param: first.param,
    ...(others.length > 0 && { also: others }),
  } as BlockParam;
}

/** An id that no port of the block has: one of an input and one of an output are never the same. */
export function freePortId(ports: readonly { readonly id: string }[], wanted: string): string {
  let id = wanted;
  for (let number = 2; ports.some((port) => port.id === id); number++) id = `${wanted}-${number}`;
  return id;
}

/** What must be known of the nodes inside. */
interface PortsInside {
  takesSeveral(end: Edge['to']): boolean;
  /** The name for a new port at this end, beside those that are taken. */
  titleOf(end: Edge['to'], side: 'inputs' | 'outputs', taken: readonly string[]): string;
}

/** The wires as they are when the block is closed again: those of its ports become the ends of these. */
export function portsFrom(
  block: BlockDefinition,
  wires: readonly Edge[],
  { takesSeveral, titleOf }: PortsInside,
): Pick<BlockDefinition, 'edges' | 'inputs' | 'outputs'> {
  const inner = wires.filter(({ from, to }) => from.node !== INPUTS_ID && to.node !== OUTPUTS_ID);
  const orderOf = (edge: Edge): number =>
    wires.filter(({ to }) => to.node === edge.to.node && to.port === edge.to.port).indexOf(edge);
  const ends = (port: string) =>
    wires
      .filter(({ from }) => from.node === INPUTS_ID && from.port === port)
      .map((edge) => ({
        node: edge.to.node,
        port: edge.to.port,
        ...(takesSeveral(edge.to) && { order: orderOf(edge) }),
      }));
  const sources = new Map(
    wires.flatMap(({ from, to }) => (to.node === OUTPUTS_ID ? [[to.port, from] as const] : [])),
  );
  const inputs = block.inputs.map((input) => ({ ...input, to: ends(input.id) }));
  const outputs = block.outputs.map((output) => {
    const { from: _, ...rest } = output;
    const from = sources.get(output.id);
    return { ...rest, ...(from && { from: { node: from.node, port: from.port } }) } as typeof output;
  });
  const freeId = (wanted: string): string => freePortId([...inputs, ...outputs], wanted);
  const taken = (ports: readonly { readonly id: string; readonly title?: string | undefined }[]): string[] =>
    ports.map(({ id, title }) => title ?? id);
  for (const end of ends(NEW_PORT)) {
    inputs.push({ id: freeId(end.port), title: titleOf(end, 'inputs', taken(inputs)), to: [end] });
  }
  for (const { from, to } of wires) {
    if (to.node !== OUTPUTS_ID || to.port !== NEW_PORT) continue;
    const title = titleOf(from, 'outputs', taken(outputs));
    outputs.push({ id: freeId(from.port), title, from: { node: from.node, port: from.port } });
  }
  return { edges: inner, inputs, outputs };
}

const faces = new WeakMap<LayerNode, { readonly inputs: LayerNode; readonly outputs: LayerNode }>();

/** The two nodes of an open block's ports, in the form of node types. */
function portFaces(block: BlockDefinition, blocks: readonly BlockDefinition[]) {
  const face = blockFace(block, blocks);
  const found = faces.get(face);
  if (found) return found;
  const free: PortSpec = { id: NEW_PORT, type: 'tensor', optional: true };
  const make = (side: 'inputs' | 'outputs'): LayerNode =>
    defineLayer({
      kind: side === 'inputs' ? INPUTS_KIND : OUTPUTS_KIND,
      category: face.category,
      icon: side === 'inputs' ? 'log-in' : 'log-out',
      text: {
        title: side === 'inputs' ? 'Inputs' : 'Outputs',
        description: `The ${side} of the block.`,
        params: {},
        ports: { ...face.text.ports, [NEW_PORT]: 'new port' },
        aliases: [],
      },
      params: z.looseObject({}),
      ports:
        side === 'inputs'
          ? { inputs: [], outputs: [...face.ports.inputs, free] }
          : { inputs: [...face.ports.outputs, free], outputs: [] },
      infer: () => ({ outputs: {} }),
      forward: () => {
        throw new Error(`the ports of the block ${block.id} were run`);
      },
      summary: () => [],
      examples: [],
    });
  const made = { inputs: make('inputs'), outputs: make('outputs') };
  faces.set(face, made);
  return made;
}

export function portsFace(
  kind: string,
  block: BlockDefinition,
  blocks: readonly BlockDefinition[],
): LayerNode {
  return portFaces(block, blocks)[kind === INPUTS_KIND ? 'inputs' : 'outputs'];
}
