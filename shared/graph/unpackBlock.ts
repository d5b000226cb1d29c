import { fail, ok, type Problem, type Result } from '../protocol/problem.ts';
import { INPUTS_ID, innerParams, OUTPUTS_ID, wiresInside } from './blockPorts.ts';
import { type Command, nodeNotFound } from './command.ts';
import { blockOf } from './definitionOf.ts';
import {
  BLOCK_KIND,
  type BlockDefinition,
  blockParamsSchema,
  type Edge,
  type GraphDocument,
  type NodeInstance,
} from './document.ts';
import { hasWeights } from './makeBlock.ts';
import { makeRoom } from './makeRoom.ts';
import { nextNodeId } from './nodeCommands.ts';
import { repeatsOf } from './repeatsOf.ts';
import { rounded } from './rounded.ts';
import { nodeTitle } from './selectors.ts';

type Endpoint = Edge['from'];

const MAX_NODES = 20_000;
/** What copies in a row keep between each other. */
const GAP = 80;
const CARD_WIDTH = 200;

/** Whether an instance's weights are used by another one, or are another one's. */
const sharesWeights = (document: GraphDocument, { id, params }: NodeInstance): boolean =>
  params.shareWith !== undefined ||
  document.nodes.some((other) => other.kind === BLOCK_KIND && other.params.shareWith === id);

/** The nodes of one copy under ids that are free, with what the instance sets. */
function copyNodes(
  document: GraphDocument,
  instance: NodeInstance,
  block: BlockDefinition,
  shift: NodeInstance['position'],
): { readonly nodes: readonly NodeInstance[]; readonly ids: ReadonlyMap<string, string> } {
  const ids = new Map<string, string>();
  let grown = document;
  for (const node of block.nodes) {
    const free = !grown.nodes.some(({ id }) => id === node.id);
    const id = free
      ? node.id
      : nextNodeId(grown, node.kind === BLOCK_KIND ? String(node.params.block) : node.kind);
    ids.set(node.id, id);
    grown = { ...grown, nodes: [...grown.nodes, { ...node, id }] };
  }
  const nodes = block.nodes.map((node): NodeInstance => {
    const set = (block.params ?? []).flatMap((own) => {
      const value = own.id in blockParamsSchema.shape ? undefined : instance.params[own.id];
      const inner = innerParams(own).filter((place) => place.node === node.id);
      return value === undefined ? [] : inner.map(({ param }) => [param, value] as const);
    });
    const { shareWith } = node.params;
    const owner = node.kind === BLOCK_KIND && typeof shareWith === 'string' ? ids.get(shareWith) : undefined;
    return {
      ...node,
      id: ids.get(node.id) ?? node.id,
      ...(instance.frozen && { frozen: true }),
      ...(instance.off && { off: instance.off }),
      params: {
        ...node.params,
        ...Object.fromEntries(set),
        ...(owner !== undefined && { shareWith: owner }),
      },
      position: { x: node.position.x + shift.x, y: node.position.y + shift.y },
    };
  });
  return { nodes, ids };
}

/** The wires of the graph with the copies' in the place of those of the instance. */
function joinWires(
  document: GraphDocument,
  instance: string,
  block: BlockDefinition,
  copies: readonly ReadonlyMap<string, string>[],
): readonly Edge[] {
  const inner = wiresInside(block);
  const into = (port: string): readonly Edge[] =>
    document.edges.filter(({ to }) => to.node === instance && to.port === port);
  const through = block.inputs[0]?.id;
  const out = block.outputs[0]?.id;
  const renamed = (copy: number, { node, ...rest }: Endpoint): Endpoint | undefined => {
    const id = copies[copy]?.get(node);
    return id === undefined ? undefined : { ...rest, node: id };
  };
  const outputOf = (copy: number, port: string): Endpoint | undefined => {
    const from = block.outputs.find(({ id }) => id === port)?.from;
    return from && renamed(copy, from);
  };
  /** Where the value of a port comes from in a copy: outside, or the copy before. */
  const sources = (copy: number, port: string): readonly Endpoint[] => {
    if (copy === 0 || port !== through) return into(port).map(({ from }) => from);
    const before = out === undefined ? undefined : outputOf(copy - 1, out);
    return before ? [before] : [];
  };
  const own = copies.flatMap((_, copy) =>
    inner.flatMap((edge): Edge[] => {
      if (edge.to.node === OUTPUTS_ID) return [];
      const to = renamed(copy, edge.to);
      if (!to) return [];
      if (edge.from.node === INPUTS_ID) return sources(copy, edge.from.port).map((from) => ({ from, to }));
      const from = renamed(copy, edge.from);
      return from ? [{ from, to }] : [];
    }),
  );
  const rest = document.edges.flatMap((edge): Edge[] => {
    if (edge.to.node === instance) return [];
    if (edge.from.node !== instance) return [edge];
    const from = outputOf(copies.length - 1, edge.from.port);
    return from ? [{ ...edge, from }] : [];
  });
  return [...rest, ...own];
}

/** Scopes of optimisers that named the instance, or nodes in it, name the nodes that came out of it. */
function scopesOutOf(
  nodes: readonly NodeInstance[],
  instance: string,
  block: BlockDefinition,
  copies: readonly ReadonlyMap<string, string>[],
): NodeInstance[] {
  const weighty = block.nodes.filter(hasWeights).map(({ id }) => id);
  const all = copies.flatMap((ids) => weighty.flatMap((id) => ids.get(id) ?? []));
  const named = (member: string): readonly string[] => {
    if (member === instance) return all;
    if (!member.startsWith(`${instance}/`)) return [member];
    const rest = member.slice(instance.length + 1).split('/');
    const copy = copies.length > 1 ? Number(rest.shift()) - 1 : 0;
    const id = copies[copy]?.get(rest[0] ?? '');
    return id === undefined ? [member] : [[id, ...rest.slice(1)].join('/')];
  };
  return nodes.map((node) => {
    const { scope } = node.params;
    if (!Array.isArray(scope)) return node;
    const next = [...new Set(scope.flatMap((member) => named(String(member))))];
    return next.length === scope.length && next.every((member, at) => member === scope[at])
      ? node
      : { ...node, params: { ...node.params, scope: next } };
  });
}

/**
 * Puts the nodes of a block in the place of an instance, as often as it is repeated. The definition stays: it
 * may have other instances, or get some again.
 */
export function unpackBlock(instance: string): Command {
  return {
    label: { key: 'unpack-block' },
    apply(document): Result<GraphDocument, Problem> {
      const node = document.nodes.find(({ id }) => id === instance);
      if (!node) return nodeNotFound(instance);
      const title = nodeTitle(node, document);
      const refuse = (code: string, data: Problem['data'] = {}): Result<GraphDocument, Problem> =>
        fail({ code, severity: 'error', nodeId: instance, data: { node: title, ...data } });
      const block = blockOf(document, node);
      if (!block) return refuse('not-a-block');
      if (sharesWeights(document, node)) return refuse('block-unpack-shared');
      const repeat = repeatsOf(document, node);
      if (document.nodes.length + repeat * block.nodes.length > MAX_NODES) {
        return refuse('block-too-large', { limit: MAX_NODES });
      }
      const lefts = block.nodes.map(({ position }) => position.x);
      const tops = block.nodes.map(({ position }) => position.y);
      const width = lefts.length > 0 ? Math.max(...lefts) - Math.min(...lefts) + CARD_WIDTH + GAP : 0;
      const origin = {
        x: Math.min(...lefts, Number.MAX_SAFE_INTEGER),
        y: Math.min(...tops, Number.MAX_SAFE_INTEGER),
      };
      const height = tops.length > 0 ? Math.max(...tops) - Math.min(...tops) : 0;
      const spread = makeRoom(document, node.position.x, Math.max(0, repeat * width - CARD_WIDTH - GAP));

      let grown: GraphDocument = { ...spread, nodes: spread.nodes.filter((other) => other !== node) };
      const copies: ReadonlyMap<string, string>[] = [];
      const added: NodeInstance[] = [];
      for (let copy = 0; copy < repeat; copy++) {
        const made = copyNodes(grown, node, block, {
          x: rounded(node.position.x - origin.x + copy * width),
          y: node.position.y - origin.y - Math.round(height / 2),
        });
        copies.push(made.ids);
        added.push(...made.nodes);
        grown = { ...grown, nodes: [...grown.nodes, ...made.nodes] };
      }
      const edges = joinWires(spread, instance, block, copies);
      const at = spread.nodes.indexOf(node);
      const nodes = spread.nodes.toSpliced(at, 1, ...added);
      return ok({ ...spread, nodes: scopesOutOf(nodes, instance, block, copies), edges: [...edges] });
    },
  };
}
