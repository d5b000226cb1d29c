import type { BlockDefinition, Edge, GraphDocument, NodeInstance } from '../graph/document.ts';
import { findNodeDefinition } from '../nodes/registry.ts';

type Endpoint = Edge['from'];
type Graph = Pick<GraphDocument, 'nodes' | 'edges'>;

/** Where values come from and go to once the nodes that are switched off are passed by. */
interface Routes {
  /** The output that a wire's value really comes from; undefined behind a muted node. */
  source(from: Endpoint): Endpoint | undefined;
  /** The inputs that a value really reaches, through bypassed nodes. */
  targets(to: Endpoint): readonly Endpoint[];
}

const isOff = ({ off }: NodeInstance): boolean => off !== undefined;

/** The input whose value a bypassed node hands on: the first that is wired and of the output's sort. */
function inputBehind(node: NodeInstance, output: string, into: readonly Edge[]): Edge | undefined {
  const ports = findNodeDefinition(node.kind)?.ports;
  if (!ports) return into[0];
  const type = ports.outputs.find(({ id }) => id === output)?.type;
  for (const port of ports.inputs) {
    const edge = port.type === type ? into.find(({ to }) => to.port === port.id) : undefined;
    if (edge) return edge;
  }
  return undefined;
}

function routesOf({ nodes, edges }: Graph): Routes {
  const off = new Map(nodes.filter(isOff).map((node) => [node.id, node]));
  const incoming = new Map<string, Edge[]>([...off.keys()].map((id) => [id, []]));
  for (const edge of edges) incoming.get(edge.to.node)?.push(edge);
  const handedOn = (node: NodeInstance, output: string): Edge | undefined =>
    node.off === 'bypassed' ? inputBehind(node, output, incoming.get(node.id) ?? []) : undefined;

  const source = (from: Endpoint, passed: ReadonlySet<string> = new Set()): Endpoint | undefined => {
    const node = off.get(from.node);
    if (!node) return from;
    // A circle of bypassed nodes hands on nothing.
    if (passed.has(node.id)) return undefined;
    const edge = handedOn(node, from.port);
    return edge && source(edge.from, new Set([...passed, node.id]));
  };
  const targets = (to: Endpoint, passed: ReadonlySet<string> = new Set()): readonly Endpoint[] => {
    const node = off.get(to.node);
    if (!node) return [to];
    if (node.off !== 'bypassed' || passed.has(node.id)) return [];
    const next = new Set([...passed, node.id]);
    return edges.filter(({ from }) => from.node === node.id).flatMap((edge) => targets(edge.to, next));
  };
  return { source: (from) => source(from), targets: (to) => targets(to) };
}

/** The nodes that run, and wires past those that do not. */
function running(graph: Graph, routes: Routes): Graph {
  const off = new Set(graph.nodes.filter(isOff).map(({ id }) => id));
  return {
    nodes: graph.nodes.filter(({ id }) => !off.has(id)),
    edges: graph.edges.flatMap((edge) => {
      if (off.has(edge.to.node)) return [];
      if (!off.has(edge.from.node)) return [edge];
      const from = routes.source(edge.from);
      return from ? [{ ...edge, from }] : [];
    }),
  };
}

function runningBlock(block: BlockDefinition): BlockDefinition {
  if (!block.nodes.some(isOff)) return block;
  const routes = routesOf(block);
  return {
    ...block,
    ...running(block, routes),
    inputs: block.inputs.map((input) => ({ ...input, to: input.to.flatMap((to) => routes.targets(to)) })),
    outputs: block.outputs.map((output) => {
      const from = output.from && (routes.source(output.from) ?? output.from);
      return from ? { ...output, from } : output;
    }),
  };
}

/**
 * The document as it runs: bypassed nodes hand on what comes in, muted ones and their wires are left out.
 * The document itself where none is switched off.
 */
export function withoutSwitchedOff(document: GraphDocument): GraphDocument {
  const outer = document.nodes.some(isOff);
  const inner = document.blocks?.some((block) => block.nodes.some(isOff)) ?? false;
  if (!outer && !inner) return document;
  return {
    ...document,
    ...(outer && running(document, routesOf(document))),
    ...(inner && { blocks: document.blocks?.map(runningBlock) }),
  };
}

/** For each wire that touches a node that is switched off, the output whose value it carries. */
export function sourcesPastSwitchedOff(document: GraphDocument): ReadonlyMap<Edge, Endpoint> {
  const off = new Set(document.nodes.filter(isOff).map(({ id }) => id));
  if (off.size === 0) return new Map();
  const { source } = routesOf(document);
  return new Map(
    document.edges.flatMap((edge): [Edge, Endpoint][] => {
      if (!off.has(edge.from.node) && !off.has(edge.to.node)) return [];
      const from = source(edge.from);
      return from ? [[edge, from]] : [];
    }),
  );
}
