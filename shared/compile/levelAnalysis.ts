import { type Level, openBlocks, placeOfPath } from '../graph/blockLevels.ts';
import { INPUTS_ID, OUTPUTS_ID, wiresInside } from '../graph/blockPorts.ts';
import { blockOf } from '../graph/definitionOf.ts';
import {
  type BlockDefinition,
  type Edge,
  edgeId,
  type GraphDocument,
  type NodeInstance,
} from '../graph/document.ts';
import { repeatsOf } from '../graph/repeatsOf.ts';
import type { Fix, Problem } from '../protocol/problem.ts';
import type { PortType } from '../types/portType.ts';
import type { Analysis, NodeAnalysis } from './plan.ts';

type Types = Analysis['nodes'];
type Ends = Readonly<Record<string, readonly PortType[]>>;

/** Paths of the first and the last copy of an instance. */
function copies(
  document: GraphDocument,
  node: NodeInstance,
  prefix: string,
): { readonly first: string; readonly last: string } {
  const repeat = repeatsOf(document, node);
  const path = `${prefix}${node.id}/`;
  return repeat > 1 ? { first: `${path}1/`, last: `${path}${repeat}/` } : { first: path, last: path };
}

class LevelTypes {
  constructor(
    readonly document: GraphDocument,
    private readonly types: Types,
  ) {}

  /** Type at an output of a node inside, of an instance as well. */
  output(
    graph: Pick<BlockDefinition, 'nodes'>,
    prefix: string,
    { node: id, port }: Edge['from'],
  ): PortType | undefined {
    const node = graph.nodes.find((other) => other.id === id);
    const block = node && blockOf(this.document, node);
    if (!node || !block) return this.types.get(prefix + id)?.outputs[port];
    const from = block.outputs.find((output) => output.id === port)?.from;
    return from && this.output(block, copies(this.document, node, prefix).last, from);
  }

  /** Types at an input of a node inside, of an instance as well. */
  input(
    graph: Pick<BlockDefinition, 'nodes'>,
    prefix: string,
    { node: id, port }: Edge['to'],
  ): readonly PortType[] {
    const node = graph.nodes.find((other) => other.id === id);
    const block = node && blockOf(this.document, node);
    if (!node || !block) return this.types.get(prefix + id)?.inputs[port] ?? [];
    return this.ofPort(block, copies(this.document, node, prefix).first, port);
  }

  /** Type of what comes into a port of a block. */
  ofPort(block: BlockDefinition, prefix: string, port: string): readonly PortType[] {
    for (const end of block.inputs.find(({ id }) => id === port)?.to ?? []) {
      const types = this.input(block, prefix, end);
      const type = types[end.order ?? types.length - 1];
      if (type) return [type];
    }
    return [];
  }
}

const empty = { weights: {}, parameterCount: 0, flops: 0, activationBytes: 0 };

/** An instance as a whole: the types at its ports, and the sums over what is inside. */
function instanceAnalysis(
  node: NodeInstance,
  block: BlockDefinition,
  prefix: string,
  types: LevelTypes,
  all: Types,
) {
  const { first, last } = copies(types.document, node, prefix);
  const inputs: Ends = Object.fromEntries(
    block.inputs.map(({ id }) => [id, types.ofPort(block, first, id)]).filter(([, list]) => list?.length),
  );
  const outputs = Object.fromEntries(
    block.outputs.flatMap(({ id, from }) => {
      const type = from && types.output(block, last, from);
      return type ? [[id, type] as const] : [];
    }),
  );
  const sum = { ...empty };
  for (const [path, part] of all) {
    if (!path.startsWith(`${prefix}${node.id}/`)) continue;
    sum.parameterCount += part.parameterCount;
    sum.flops += part.flops;
    sum.activationBytes += part.activationBytes;
  }
  return { ...sum, nodeId: node.id, inputs, outputs };
}

/** Instance paths without what leads to this level; undefined for one elsewhere. */
const below = (path: string, prefix: string): string | undefined =>
  path.startsWith(prefix) ? path.slice(prefix.length) : undefined;

function localEdge(id: string, prefix: string): string | undefined {
  const [from = '', to = ''] = id.split('>').map((end) => below(end, prefix) ?? '/');
  return from.includes('/') || to.includes('/') ? undefined : `${from}>${to}`;
}

function localFix(fix: Fix, prefix: string): Fix | undefined {
  const node = (id: string): string | undefined => {
    const local = below(id, prefix);
    return local?.includes('/') ? undefined : local;
  };
  const pair = ([id, port]: [string, string]): [string, string] | undefined => {
    const local = id === '$new' ? id : node(id);
    return local === undefined ? undefined : [local, port];
  };
  switch (fix.kind) {
    case 'set-param':
    case 'remove-node': {
      const nodeId = node(fix.nodeId);
      return nodeId === undefined ? undefined : { ...fix, nodeId };
    }
    case 'insert-node':
    case 'remove-edge': {
      const id = localEdge(fix.edgeId, prefix);
      return id === undefined ? undefined : { ...fix, edgeId: id };
    }
    case 'connect': {
      const from = pair(fix.from);
      const to = pair(fix.to);
      return from && to && { ...fix, from, to };
    }
    case 'add-node': {
      const connect = fix.connect.flatMap(({ from, to }) => {
        const local = { from: pair(from), to: pair(to) };
        return local.from && local.to ? [{ from: local.from, to: local.to }] : [];
      });
      return connect.length === fix.connect.length ? { ...fix, connect } : undefined;
    }
  }
}

/** A problem of the document as one of the graph at this level; undefined where it stands elsewhere. */
function localProblem(problem: Problem, prefix: string): Problem | undefined {
  const { inside, port: _p, param: _q, edgeId: _e, fix: _f, relatedNodeIds: _r, ...rest } = problem;
  const path = inside && below(inside.nodeId, prefix);
  if (!inside || path === undefined) return undefined;
  const [nodeId = path, ...deeper] = path.split('/');
  if (deeper.length > 0) return { ...rest, nodeId, inside };
  const wire = inside.edgeId === undefined ? undefined : localEdge(inside.edgeId, prefix);
  const fix = inside.fix && localFix(inside.fix, prefix);
  return {
    ...rest,
    nodeId,
    ...(inside.port !== undefined && { port: inside.port }),
    ...(inside.param !== undefined && { param: inside.param }),
    ...(wire !== undefined && { edgeId: wire }),
    ...(fix && { fix }),
  };
}

/** What mends a problem that stands inside of a block, and where; undefined where nothing does. */
export function fixInside(
  { inside }: Problem,
  document: GraphDocument,
): { readonly fix: Fix; readonly level: Level } | undefined {
  if (!inside?.fix) return undefined;
  const { level } = placeOfPath(document, inside.nodeId);
  const prefix = openBlocks(document, level).at(-1)?.prefix;
  const fix = prefix === undefined ? undefined : localFix(inside.fix, prefix);
  return fix && { fix, level };
}

/**
 * What is known of the graph at a level, as it runs in the instance that was entered: types, costs and
 * problems under the ids that the nodes have there.
 */
export function levelAnalysis(document: GraphDocument, analysis: Analysis, level: Level): Analysis {
  const open = openBlocks(document, level).at(-1);
  if (!open) return analysis;
  const { block, prefix } = open;
  const types = new LevelTypes(document, analysis.nodes);
  const nodes = new Map<string, NodeAnalysis>();
  const totals = { parameters: 0, flops: 0, activationBytes: 0 };
  for (const node of block.nodes) {
    const inner = blockOf(document, node);
    const own = analysis.nodes.get(prefix + node.id);
    const found = inner ? instanceAnalysis(node, inner, prefix, types, analysis.nodes) : own;
    if (!found) continue;
    nodes.set(node.id, { ...found, nodeId: node.id });
    totals.parameters += found.parameterCount;
    totals.flops += found.flops;
    totals.activationBytes += found.activationBytes;
  }
  const incoming = block.inputs.flatMap(({ id }) => {
    const [type] = types.ofPort(block, prefix, id);
    return type ? [[id, type] as const] : [];
  });
  const outgoing = block.outputs.flatMap(({ id, from }) => {
    const type = from && types.output(block, prefix, from);
    return type ? [[id, [type]] as const] : [];
  });
  nodes.set(INPUTS_ID, { ...empty, nodeId: INPUTS_ID, inputs: {}, outputs: Object.fromEntries(incoming) });
  nodes.set(OUTPUTS_ID, { ...empty, nodeId: OUTPUTS_ID, inputs: Object.fromEntries(outgoing), outputs: {} });
  const edges = new Map<string, PortType>();
  for (const edge of wiresInside(block)) {
    const type = nodes.get(edge.from.node)?.outputs[edge.from.port];
    if (type) edges.set(edgeId(edge), type);
  }
  return {
    nodes,
    edges,
    problems: analysis.problems.flatMap((problem) => localProblem(problem, prefix) ?? []),
    unused: new Set(),
    totals,
  };
}
