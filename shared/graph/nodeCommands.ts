import { findNodeDefinition } from '../nodes/registry.ts';
import type { JsonObject, JsonValue } from '../protocol/json.ts';
import { fail, ok, type Problem, type Result } from '../protocol/problem.ts';
import { withoutMembers } from './blockSharing.ts';
import { type Command, kindTitle, nodeNotFound } from './command.ts';
import type { GraphDocument, NodeInstance } from './document.ts';
import { carryRoutes } from './routeCommands.ts';
import { findNode } from './selectors.ts';

type Point = NodeInstance['position'];

const idPrefix = (kind: string): string => `${kind.replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(0, 48)}-`;

/** The highest number among the ids with a prefix; 0 where none has it. */
function highestNumber({ nodes }: Pick<GraphDocument, 'nodes'>, prefix: string): number {
  let highest = 0;
  for (const { id } of nodes) {
    if (!id.startsWith(prefix)) continue;
    const number = Number(id.slice(prefix.length));
    if (Number.isSafeInteger(number) && number > highest) highest = number;
  }
  return highest;
}

/** `kind-1`, `kind-2`, …: one more than the highest number in use, so that ids in a file are stable. */
export function nextNodeId(document: Pick<GraphDocument, 'nodes'>, kind: string): string {
  const prefix = idPrefix(kind);
  return `${prefix}${highestNumber(document, prefix) + 1}`;
}

/** The same for many nodes one after the other, without a look at all nodes for each. */
export function nodeIdsFor(document: Pick<GraphDocument, 'nodes'>): (kind: string) => string {
  const highest = new Map<string, number>();
  return (kind) => {
    const prefix = idPrefix(kind);
    const number = (highest.get(prefix) ?? highestNumber(document, prefix)) + 1;
    highest.set(prefix, number);
    return `${prefix}${number}`;
  };
}

/** Parameters as they are stored: every default written out, so that a file means the same in a later version. */
export function completeParams(kind: string, params: JsonObject = {}): JsonObject {
  const definition = findNodeDefinition(kind);
  if (!definition) return params;
  const defaults = definition.params.safeParse({});
  return defaults.success ? { ...(defaults.data as JsonObject), ...params } : params;
}

export interface NewNode {
  readonly kind: string;
  readonly position: Point;
  readonly params?: JsonObject;
  readonly title?: string;
  /** Taken as it is; a fresh one where absent. */
  readonly id?: string;
}

export function addNode({ kind, position, params, title, id }: NewNode): Command {
  return {
    label: { key: 'add-node', data: { node: title ?? kindTitle(kind) } },
    apply(document) {
      const newId = id ?? nextNodeId(document, kind);
      if (findNode(document, newId)) {
        return fail({
          code: 'duplicate-node-id',
          severity: 'error',
          nodeId: newId,
          data: { id: newId, line: 0 },
        });
      }
      const node: NodeInstance = {
        id: newId,
        kind,
        ...(title !== undefined && { title }),
        params: completeParams(kind, params),
        position,
      };
      return ok({ ...document, nodes: [...document.nodes, node] });
    },
  };
}

function firstMissing({ nodes }: GraphDocument, ids: readonly string[]): string | undefined {
  const known = new Set(nodes.map(({ id }) => id));
  return ids.find((id) => !known.has(id));
}

/** Removes nodes with every wire that touches them. */
export function removeNodes(ids: readonly string[]): Command {
  return {
    label: { key: 'remove-nodes', data: { count: ids.length } },
    apply(document) {
      const missing = firstMissing(document, ids);
      if (missing !== undefined) return nodeNotFound(missing);
      const gone = new Set(ids);
      return ok({
        ...document,
        nodes: withoutMembers(document.nodes, ids).filter(({ id }) => !gone.has(id)),
        edges: document.edges.filter(({ from, to }) => !gone.has(from.node) && !gone.has(to.node)),
      });
    },
  };
}

/** Moves of the same nodes one after the other are one step of undo; `sealHistory` ends such a row. */
export function moveNodes(positionsById: Readonly<Record<string, Point>>): Command {
  const ids = Object.keys(positionsById);
  return {
    label: { key: 'move-nodes', data: { count: ids.length } },
    mergeKey: `move:${ids.toSorted().join(',')}`,
    apply(document) {
      const positions = new Map(Object.entries(positionsById));
      const missing = firstMissing(document, ids);
      if (missing !== undefined) return nodeNotFound(missing);
      const shifts = new Map<string, Point>();
      const nodes = document.nodes.map((node) => {
        const position = positions.get(node.id);
        if (!position) return node;
        shifts.set(node.id, { x: position.x - node.position.x, y: position.y - node.position.y });
        // A file keeps no −0.
        return { ...node, position: { x: position.x + 0, y: position.y + 0 } };
      });
      return ok({ ...document, nodes, edges: carryRoutes(document.edges, shifts) });
    },
  };
}

function changeNode(
  document: GraphDocument,
  nodeId: string,
  change: (node: NodeInstance) => NodeInstance,
): Result<GraphDocument, Problem> {
  if (!findNode(document, nodeId)) return nodeNotFound(nodeId);
  return ok({
    ...document,
    nodes: document.nodes.map((node) => (node.id === nodeId ? change(node) : node)),
  });
}

/**
 * Sets one parameter. Any JSON value is taken: one that the node does not allow shows as a Problem on
 * it, with its limits, rather than being lost.
 */
export function setParam(nodeId: string, param: string, value: JsonValue): Command {
  return {
    label: { key: 'set-param', data: { param, node: nodeId } },
    mergeKey: `param:${nodeId}:${param}`,
    apply: (document) =>
      changeNode(document, nodeId, (node) => ({ ...node, params: { ...node.params, [param]: value } })),
  };
}

/** Sets one parameter of several nodes, each to its own value, as one step of undo. */
export function setParams(valuesById: Readonly<Record<string, JsonValue>>, param: string): Command {
  const ids = Object.keys(valuesById);
  const [only] = ids;
  if (only !== undefined && ids.length === 1) return setParam(only, param, valuesById[only] ?? null);
  return {
    label: {
      key: 'set-params',
      data: { param, count: ids.length, ...(only !== undefined && { node: only }) },
    },
    mergeKey: `params:${ids.toSorted().join(',')}:${param}`,
    apply(document) {
      const missing = firstMissing(document, ids);
      if (missing !== undefined) return nodeNotFound(missing);
      return ok({
        ...document,
        nodes: document.nodes.map((node) =>
          Object.hasOwn(valuesById, node.id)
            ? { ...node, params: { ...node.params, [param]: valuesById[node.id] ?? null } }
            : node,
        ),
      });
    },
  };
}

/** Names a node; an empty title gives back the kind's own. */
export function setTitle(nodeId: string, title: string): Command {
  return {
    label: { key: 'set-title' },
    mergeKey: `title:${nodeId}`,
    apply: (document) =>
      changeNode(document, nodeId, (node) => {
        const { title: _, ...rest } = node;
        return title.trim() === '' ? (rest as NodeInstance) : { ...node, title: title.trim().slice(0, 200) };
      }),
  };
}
