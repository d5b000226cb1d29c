import { type GraphDocument, graphDocumentSchema } from '#shared/graph/document.ts';

const COUNT = 300;
const COLUMNS = 20;
const SPACING = { x: 190, y: 130 };

/** 300 dense layers in one chain of 299 wires, twenty in a row. */
export function benchDocument(): GraphDocument {
  const id = (index: number): string => `dense-${index + 1}`;
  return graphDocumentSchema.parse({
    format: 'neuroloom',
    version: 1,
    name: 'bench',
    nodes: Array.from({ length: COUNT }, (_, index) => ({
      id: id(index),
      kind: 'dense',
      params: { units: 64, activation: 'relu', bias: true },
      position: { x: (index % COLUMNS) * SPACING.x, y: Math.floor(index / COLUMNS) * SPACING.y },
    })),
    edges: Array.from({ length: COUNT - 1 }, (_, index) => ({
      from: { node: id(index), port: 'y' },
      to: { node: id(index + 1), port: 'x' },
    })),
  });
}
