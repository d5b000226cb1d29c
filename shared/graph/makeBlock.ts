import { findNodeDefinition } from '../nodes/registry.ts';
import type { JsonValue } from '../protocol/json.ts';
import { fail, ok, type Problem, type Result } from '../protocol/problem.ts';
import { freePortId, INPUTS_ID, innerParams, isPortsNode, withoutLost } from './blockPorts.ts';
import type { Command } from './command.ts';
import { definitionOf } from './definitionOf.ts';
import {
  BLOCK_KIND,
  type BlockDefinition,
  type BlockInput,
  type BlockOutput,
  type BlockParam,
  type Edge,
  type GraphDocument,
  type NodeInstance,
} from './document.ts';
import { nextNodeId } from './nodeCommands.ts';
import { openEnds } from './openEnds.ts';
import { portTitles } from './portTitles.ts';
import { rounded } from './rounded.ts';
import { nodeTitle } from './selectors.ts';

type Endpoint = Edge['from'];

const refuse = (code: string, data: Problem['data'] = {}, nodeId?: string): { ok: false; error: Problem } =>
  fail({ code, severity: 'error', data, ...(nodeId !== undefined && { nodeId }) });

/** An id that no definition has: the title in lower case with hyphens, or `block`. */
export function nextBlockId(document: Pick<GraphDocument, 'blocks'>, title: string): string {
  const words = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const stem = words.replaceAll(/^-+|-+$/g, '').slice(0, 40) || 'block';
  const taken = new Set(document.blocks?.map(({ id }) => id));
  let id = stem;
  for (let number = 2; taken.has(id); number++) id = `${stem}-${number}`;
  return id;
}

/** A node outside through which the chosen ones would depend on themselves. */
function throughOutside(document: GraphDocument, chosen: ReadonlySet<string>): string | undefined {
  const reached = (direction: 'from' | 'to'): Set<string> => {
    const other = direction === 'from' ? 'to' : 'from';
    const next = new Map<string, string[]>();
    for (const edge of document.edges) {
      const list = next.get(edge[direction].node);
      if (list) list.push(edge[other].node);
      else next.set(edge[direction].node, [edge[other].node]);
    }
    const found = new Set([...chosen].flatMap((id) => next.get(id) ?? []).filter((id) => !chosen.has(id)));
    for (const id of found) for (const step of next.get(id) ?? []) if (!chosen.has(step)) found.add(step);
    return found;
  };
  const after = reached('from');
  const before = reached('to');
  return document.nodes.find(({ id }) => after.has(id) && before.has(id))?.id;
}

/** Why these nodes cannot become a block; undefined where they can. */
export function blockRefusal(document: GraphDocument, ids: readonly string[]): Problem | undefined {
  const chosen = new Set(ids);
  const nodes = document.nodes.filter(({ id }) => chosen.has(id) && !isPortsNode(id));
  if (nodes.length === 0) return refuse('block-of-nothing').error;
  for (const node of nodes) {
    const role = findNodeDefinition(node.kind)?.role;
    if (role === 'dataset' || role === 'optimizer') {
      return refuse('not-inside-a-block', { node: nodeTitle(node, document), role }, node.id).error;
    }
  }
  const outside = throughOutside(document, chosen);
  const between = document.nodes.find(({ id }) => id === outside);
  if (between) return refuse('block-would-cycle', { node: nodeTitle(between, document) }, between.id).error;
  const divided = document.nodes.find((node) => {
    const other = node.kind === BLOCK_KIND ? node.params.shareWith : undefined;
    return (
      typeof other === 'string' &&
      document.nodes.some(({ id }) => id === other) &&
      chosen.has(node.id) !== chosen.has(other)
    );
  });
  if (divided)
    return refuse('block-divides-sharing', { node: nodeTitle(divided, document) }, divided.id).error;
  return undefined;
}

interface Border {
  readonly inputs: readonly BlockInput[];
  readonly outputs: readonly BlockOutput[];
  /** The document's wires once the nodes are one: to and from the instance. */
  readonly edges: readonly Edge[];
}

/**
 * Ports where wires cross the border of the chosen nodes, one for each source, outside or inside; and where wires are
 * still to come.
 */
function border(
  document: GraphDocument,
  chosen: ReadonlySet<string>,
  instance: string,
  { through, leading = [] }: Pick<NewBlock, 'through' | 'leading'>,
): Border {
  const key = ({ node, port }: Endpoint): string => `${node}.${port}`;
  const entering = new Map<string, { edges: Edge[] }>(through ? [[key(through), { edges: [] }]] : []);
  const leaving = new Map(leading.map((from) => [key(from), { from }] as const));
  for (const edge of document.edges) {
    const inside = { from: chosen.has(edge.from.node), to: chosen.has(edge.to.node) };
    if (!inside.from && inside.to) {
      const found = entering.get(key(edge.from));
      if (found) found.edges.push(edge);
      else entering.set(key(edge.from), { edges: [edge] });
    } else if (inside.from && !inside.to && !leaving.has(key(edge.from))) {
      leaving.set(key(edge.from), { from: edge.from });
    }
  }
  const open = openEnds(document, chosen);
  for (const from of open.outputs) if (!leaving.has(key(from))) leaving.set(key(from), { from });
  const takesSeveral = ({ node: id, port }: Endpoint): boolean => {
    const node = document.nodes.find((other) => other.id === id);
    const ports = node && definitionOf(document, node)?.ports.inputs;
    return ports?.find((other) => other.id === port)?.multiple ?? false;
  };
  const orderOf = (edge: Edge): number =>
    document.edges.filter(({ to }) => key(to) === key(edge.to)).indexOf(edge);

  const ids: { id: string }[] = [];
  const take = (wanted: string): string => {
    const id = freePortId(ids, wanted);
    ids.push({ id });
    return id;
  };
  const places = [
    ...[...entering.values()].map(({ edges }) =>
      edges.map((edge) => ({
        node: edge.to.node,
        port: edge.to.port,
        ...(takesSeveral(edge.to) && { order: orderOf(edge) }),
      })),
    ),
    ...open.inputs.map((end) => [end]),
  ];
  const titles = portTitles(
    document,
    places.flatMap(([first]) => first ?? []),
    'inputs',
  );
  const inputs = places.map((to, index) => ({
    id: take(to[0]?.port ?? 'x'),
    ...(titles[index] !== undefined && { title: titles[index] }),
    to,
  }));
  const sources = [...leaving.values()];
  const outputTitles = portTitles(
    document,
    sources.map(({ from }) => from),
    'outputs',
  );
  const outputs = sources.map(({ from }, index) => ({
    id: take(from.port),
    ...(outputTitles[index] !== undefined && { title: outputTitles[index] }),
    from: { node: from.node, port: from.port },
  }));

  const inputOf = new Map([...entering.keys()].map((source, index) => [source, inputs[index]?.id ?? '']));
  const outputOf = new Map([...leaving.keys()].map((source, index) => [source, outputs[index]?.id ?? '']));
  const drawn = new Set<string>();
  const edges = document.edges.flatMap((edge): readonly Edge[] => {
    const from = chosen.has(edge.from.node);
    const to = chosen.has(edge.to.node);
    if (from && to) return [];
    if (from) return [{ ...edge, from: { node: instance, port: outputOf.get(key(edge.from)) ?? '' } }];
    if (!to) return [edge];
    if (drawn.has(key(edge.from))) return [];
    drawn.add(key(edge.from));
    return [{ ...edge, to: { node: instance, port: inputOf.get(key(edge.from)) ?? '' } }];
  });
  return { inputs, outputs, edges };
}

/** Nodes whose weights an optimiser may name. */
export const hasWeights = ({ kind }: NodeInstance): boolean => {
  const definition = findNodeDefinition(kind);
  if (kind === BLOCK_KIND) return true;
  return (definition?.role === 'layer' || definition?.role === 'loss') && definition.weights !== undefined;
};

/** Names of the nodes that are now inside, in the scopes of optimisers: paths, or the instance where all are meant. */
function scopesInto(
  nodes: readonly NodeInstance[],
  inside: readonly NodeInstance[],
  instance: string,
): NodeInstance[] {
  const chosen = new Set(inside.map(({ id }) => id));
  const weighty = inside.filter(hasWeights).map(({ id }) => id);
  const renamed = (scope: readonly JsonValue[]): JsonValue[] => {
    const owner = (member: JsonValue): string => String(member).split('/', 1)[0] ?? '';
    if (!scope.some((member) => chosen.has(owner(member)))) return [...scope];
    const whole = weighty.every((id) => scope.includes(id));
    const mapped = scope.map((member) => {
      if (!chosen.has(owner(member))) return member;
      return whole ? instance : `${instance}/${member}`;
    });
    return [...new Set(mapped)];
  };
  return nodes.map((node) => {
    const { scope } = node.params;
    if (!Array.isArray(scope)) return node;
    const next = renamed(scope);
    return next.every((member, at) => member === scope[at]) && next.length === scope.length
      ? node
      : { ...node, params: { ...node.params, scope: next } };
  });
}

/** The new block lets its instances set what the block around it lets its own set of the nodes now inside. */
function withParamsOf(block: BlockDefinition, around: BlockDefinition | undefined): BlockDefinition {
  const isInside = (node: string): boolean => block.nodes.some(({ id }) => id === node);
  const params = around?.params?.flatMap((param) => withoutLost(param, isInside) ?? []) ?? [];
  return params.length > 0 ? { ...block, params } : block;
}

function handParamsDown(around: BlockDefinition, block: BlockDefinition, instance: string): BlockDefinition {
  const inside = new Set(block.nodes.map(({ id }) => id));
  return {
    ...around,
    ...(around.params && {
      params: around.params.map((param) => {
        if (!innerParams(param).some(({ node }) => inside.has(node))) return param;
        const { also: _, ...rest } = param;
        const left = withoutLost(param, (node) => !inside.has(node));
        const others = left ? innerParams(left) : [];
        const own = { ...rest, node: instance, param: param.id };
        return (others.length > 0 ? { ...own, also: others } : own) as BlockParam;
      }),
    }),
  };
}

interface NewBlock {
  readonly ids: readonly string[];
  readonly title: string;
  /** What comes in by the first port, which is the one that goes through all copies. */
  readonly through?: Endpoint | undefined;
  /** Ends inside whose ports come first; they get one even where no wire leads out of them yet. */
  readonly leading?: readonly Endpoint[];
}

/**
 * Makes a block of nodes, and puts an instance of it in their place. What crosses the border becomes its
 * ports; every wire stays.
 */
export function makeBlock({ ids, title, through, leading = [] }: NewBlock): Command {
  return {
    label: { key: 'make-block', data: { title } },
    apply(document): Result<GraphDocument, Problem> {
      const refusal = blockRefusal(document, ids);
      if (refusal) return fail(refusal);
      const chosen = new Set(ids.filter((id) => !isPortsNode(id)));
      const inside = document.nodes.filter(({ id }) => chosen.has(id));
      const block = nextBlockId(document, title);
      const instance = nextNodeId(document, block);
      const { inputs, outputs, edges } = border(document, chosen, instance, { through, leading });
      const left = Math.min(...inside.map(({ position }) => position.x));
      const top = Math.min(...inside.map(({ position }) => position.y));
      const right = Math.max(...inside.map(({ position }) => position.x));
      const bottom = Math.max(...inside.map(({ position }) => position.y));
      const definition: BlockDefinition = {
        id: block,
        title,
        nodes: inside.map((node) => ({
          ...node,
          position: { x: node.position.x - left, y: node.position.y - top },
        })),
        edges: document.edges.filter(({ from, to }) => chosen.has(from.node) && chosen.has(to.node)),
        inputs: [...inputs],
        outputs: [...outputs],
      };
      const node: NodeInstance = {
        id: instance,
        kind: BLOCK_KIND,
        params: { block, repeat: 1 },
        position: { x: rounded((left + right) / 2), y: rounded((top + bottom) / 2) },
      };
      const around = document.nodes.find(({ id }) => id === INPUTS_ID)?.params.block;
      const first = document.nodes.findIndex(({ id }) => chosen.has(id));
      const nodes = document.nodes.flatMap((other, at) =>
        at === first ? [node] : chosen.has(other.id) ? [] : [other],
      );
      return ok({
        ...document,
        nodes: scopesInto(nodes, inside, instance),
        edges: [...edges],
        blocks: [
          ...(document.blocks ?? []).map((other) =>
            other.id === around ? handParamsDown(other, definition, instance) : other,
          ),
          withParamsOf(
            definition,
            document.blocks?.find(({ id }) => id === around),
          ),
        ],
      });
    },
  };
}
