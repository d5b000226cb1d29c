import { type NodeHandle, Position } from '@xyflow/react';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { GraphDocument, NodeInstance } from '#shared/graph/document.ts';
import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { definitionText } from '../i18n/nodeText.ts';
import { isFolded, useFoldStore } from '../stores/foldStore.ts';

/** Measures of a card (ui/tokens.css, ui/canvas.css). */
const HEADER = 30;
const ROW = 20;
const PORT = 11;
const ABOVE_ROWS = 6;
const BELOW_ROWS = 9;
const SUMMARY_LINE = 17;

/** The size of a card without its inside, about that which it will have with it: such a card takes just this room. */
export function bareSize(node: NodeInstance, definition: NodeDefinition) {
  const { length } = node.title ?? definitionText(definition).title;
  const rows = Math.max(definition.ports.inputs.length, definition.ports.outputs.length);
  const summary = Object.keys(node.params).length > 0 ? SUMMARY_LINE : 0;
  return {
    width: Math.min(192, Math.max(132, 64 + 7 * length)),
    height: HEADER + ABOVE_ROWS + ROW * rows + BELOW_ROWS + summary,
  };
}

/** What React Flow would measure of a card without its inside; nothing where it has to be measured. */
export function bareCard(
  graph: GraphDocument,
  node: NodeInstance,
): { measured: { width: number; height: number }; handles: NodeHandle[] } | undefined {
  const definition = definitionOf(graph, node);
  if (!definition || isFolded(node.id)(useFoldStore.getState())) return undefined;
  const measured = bareSize(node, definition);
  const handle = (id: string, row: number, type: NodeHandle['type']): NodeHandle => ({
    id,
    type,
    position: type === 'target' ? Position.Left : Position.Right,
    x: (type === 'target' ? 0 : measured.width) - PORT / 2,
    y: HEADER + ABOVE_ROWS + ROW * row + (ROW - PORT) / 2,
    width: PORT,
    height: PORT,
  });
  const { inputs, outputs } = definition.ports;
  return {
    measured,
    handles: [
      ...inputs.map(({ id }, row) => handle(id, row, 'target')),
      ...outputs.map(({ id }, row) => handle(id, row, 'source')),
    ],
  };
}
