import type { BlockDefinition, BlockParam, GraphDocument } from '../graph/document.ts';
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, trainingSchema } from '../graph/document.ts';
import { completeParams } from '../graph/nodeCommands.ts';
import type { NodeCategory } from '../nodes/defineNode.ts';
import type { JsonObject } from '../protocol/json.ts';

export interface TemplateNode {
  readonly id: string;
  readonly kind: string;
  readonly params?: JsonObject;
  readonly title?: string;
  /** Place on the canvas by column and row. */
  readonly at: readonly [column: number, row: number];
}

/** A block in the same words: ports with the places inside that they stand for. */
export interface TemplateBlock {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly nodes: readonly TemplateNode[];
  readonly wires: readonly string[];
  /** `node.port` by the name of the port; several parted by commas. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  /** `node.param` by the name of the parameter that instances set; several parted by commas. */
  readonly params?: Readonly<Record<string, string>>;
  readonly icon?: string;
  readonly category?: NodeCategory;
}

const COLUMN_PITCH = 224;
const ROW_PITCH = 208;

const endpoint = (text: string): { node: string; port: string } => {
  const [node = '', port = ''] = text.trim().split('.');
  return { node, port };
};

const placeNode = ({ id, kind, params, title, at: [column, row] }: TemplateNode) => ({
  id,
  kind,
  ...(title !== undefined && { title }),
  params: completeParams(kind, params),
  position: { x: column * COLUMN_PITCH, y: row * ROW_PITCH },
});

const drawWire = (wire: string) => {
  const [from = '', to = ''] = wire.split('>');
  return { from: endpoint(from), to: endpoint(to) };
};

function buildParam(id: string, places: string): BlockParam {
  const [first, ...also] = places
    .split(',')
    .map(endpoint)
    .map(({ node, port }) => ({ node, param: port }));
  if (!first) throw new Error(`the parameter ${id} of a block stands for nothing`);
  return { id, ...first, ...(also.length > 0 && { also }) };
}

export function buildBlock({
  nodes,
  wires,
  inputs,
  outputs,
  params,
  ...names
}: TemplateBlock): BlockDefinition {
  return {
    ...names,
    nodes: nodes.map(placeNode),
    edges: wires.map(drawWire),
    inputs: Object.entries(inputs).map(([id, places]) => ({ id, to: places.split(',').map(endpoint) })),
    outputs: Object.entries(outputs).map(([id, place]) => ({ id, from: endpoint(place) })),
    ...(params && { params: Object.entries(params).map(([id, places]) => buildParam(id, places)) }),
  };
}

/** A document from nodes on a grid and wires written `node.port > node.port`. */
export function buildDocument(description: {
  readonly name: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly nodes: readonly TemplateNode[];
  readonly wires: readonly string[];
  readonly blocks?: readonly TemplateBlock[];
}): GraphDocument {
  const { name, epochs, batchSize, nodes, wires, blocks } = description;
  return {
    format: DOCUMENT_FORMAT,
    version: DOCUMENT_VERSION,
    name,
    training: trainingSchema.parse({ epochs, batchSize }),
    nodes: nodes.map(placeNode),
    edges: wires.map(drawWire),
    ...(blocks && { blocks: blocks.map(buildBlock) }),
  };
}
