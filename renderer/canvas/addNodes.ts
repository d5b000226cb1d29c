import { connect, sequence } from '#shared/graph/commands.ts';
import type { Edge } from '#shared/graph/document.ts';
import { addNew, newNodeDefinition, newNodeId } from '../blocks/newNode.ts';
import { definitionText } from '../i18n/nodeText.ts';
import { editAndSelect, type Point } from './canvasApi.ts';
import { type FixedEnd, portFor } from './fitting.ts';
import { insertIntoWire } from './insertIntoWire.ts';

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });

/** Adds a node and draws the wire that was held out for it, as one step of undo. */
export function addAtEnd(kind: string, at: Point, end: FixedEnd): void {
  const definition = newNodeDefinition(kind);
  const port = definition ? portFor(definition, end) : null;
  if (!definition || port === null) return;
  editAndSelect(
    sequence({ key: 'add-node', data: { node: definitionText(definition).title } }, (document) => {
      const node = newNodeId(document, kind);
      const own = { node, port };
      return [
        addNew(kind, rounded(at), node),
        end.side === 'source' ? connect(end.at, own) : connect(own, end.at),
      ];
    }),
  );
}

/** Adds a node into a wire, as one step of undo; its neighbours make room. */
export function addIntoWire(kind: string, at: Point, edge: Edge): void {
  const definition = newNodeDefinition(kind);
  if (!definition) return;
  editAndSelect(
    sequence({ key: 'add-node', data: { node: definitionText(definition).title } }, (document) => {
      const node = newNodeId(document, kind);
      return [addNew(kind, rounded(at), node), insertIntoWire(edge, node, rounded(at))];
    }),
  );
}
