import { addNode, connect, nextNodeId, sequence } from '#shared/graph/commands.ts';
import type { Edge } from '#shared/graph/document.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { nodeText } from '../i18n/nodeText.ts';
import { editAndSelect, type Point } from './canvasApi.ts';
import { type FixedEnd, portFor } from './fitting.ts';
import { insertIntoWire } from './insertIntoWire.ts';

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });

/** Adds a node and draws the wire that was held out for it, as one step of undo. */
export function addAtEnd(kind: string, at: Point, end: FixedEnd): void {
  const definition = findNodeDefinition(kind);
  const port = definition ? portFor(definition, end) : null;
  if (!definition || port === null) return;
  editAndSelect(
    sequence({ key: 'add-node', data: { node: nodeText(definition.kind)?.title ?? kind } }, (document) => {
      const node = nextNodeId(document, kind);
      const own = { node, port };
      return [
        addNode({ kind, id: node, position: rounded(at) }),
        end.side === 'source' ? connect(end.at, own) : connect(own, end.at),
      ];
    }),
  );
}

/** Adds a node into a wire, as one step of undo; its neighbours make room. */
export function addIntoWire(kind: string, at: Point, edge: Edge): void {
  const definition = findNodeDefinition(kind);
  if (!definition) return;
  editAndSelect(
    sequence({ key: 'add-node', data: { node: nodeText(definition.kind)?.title ?? kind } }, (document) => {
      const node = nextNodeId(document, kind);
      return [addNode({ kind, id: node, position: rounded(at) }), insertIntoWire(edge, node, rounded(at))];
    }),
  );
}
