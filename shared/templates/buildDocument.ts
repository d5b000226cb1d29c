import type { GraphDocument } from '../graph/document.ts';
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, trainingSchema } from '../graph/document.ts';
import { completeParams } from '../graph/nodeCommands.ts';
import type { JsonObject } from '../protocol/json.ts';

export interface TemplateNode {
  readonly id: string;
  readonly kind: string;
  readonly params?: JsonObject;
  readonly title?: string;
  /** Place on the canvas by column and row. */
  readonly at: readonly [column: number, row: number];
}

const COLUMN_PITCH = 224;
const ROW_PITCH = 208;

const endpoint = (text: string): { node: string; port: string } => {
  const [node = '', port = ''] = text.trim().split('.');
  return { node, port };
};

/** A document from nodes on a grid and wires written `node.port > node.port`. */
export function buildDocument(description: {
  readonly name: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly nodes: readonly TemplateNode[];
  readonly wires: readonly string[];
}): GraphDocument {
  return {
    format: DOCUMENT_FORMAT,
    version: DOCUMENT_VERSION,
    name: description.name,
    training: trainingSchema.parse({ epochs: description.epochs, batchSize: description.batchSize }),
    nodes: description.nodes.map(({ id, kind, params, title, at: [column, row] }) => ({
      id,
      kind,
      ...(title !== undefined && { title }),
      params: completeParams(kind, params),
      position: { x: column * COLUMN_PITCH, y: row * ROW_PITCH },
    })),
    edges: description.wires.map((wire) => {
      const [from = '', to = ''] = wire.split('>');
      return { from: endpoint(from), to: endpoint(to) };
    }),
  };
}
