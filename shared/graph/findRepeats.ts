import { INPUTS_ID, innerParams, isPortsNode } from './blockPorts.ts';
import { definitionOf } from './definitionOf.ts';
import { BLOCK_KIND, type Edge, type GraphDocument, type NodeInstance } from './document.ts';
import { blockRefusal } from './makeBlock.ts';

type Endpoint = Edge['from'];
type Graph = Pick<GraphDocument, 'nodes' | 'edges' | 'blocks'>;

/** Nodes that come several times, one copy after the other. */
export interface Repetition {
  /** Ids of the nodes of each copy, in the same order; the last of them leads on to the next copy. */
  readonly copies: readonly (readonly string[])[];
  /** What feeds the first copy as each copy feeds the next one. */
  readonly through: Endpoint;
  /** The output by which a copy leads on. */
  readonly out: Endpoint;
}

interface Input {
  readonly port: string;
  readonly from: Endpoint;
}

/** Two copies, the first of which feeds the second, their nodes in the same order. */
interface Pair extends Pick<Repetition, 'through'> {
  readonly first: readonly string[];
  readonly second: readonly string[];
  /** The port by which the first leads on. */
  readonly out: string;
}

/** A node is compared with so many of its like that come after it: what repeats, repeats soon. */
const MOST_TRIES = 16;

const isSame = (a: Endpoint, b: Endpoint): boolean => a.node === b.node && a.port === b.port;

/** A graph as it is walked through backwards, from where one copy ends and where the next one does. */
class Repeats {
  private readonly inputs = new Map<string, Input[]>();
  private readonly outputs = new Map<string, Edge[]>();
  /** What makes two nodes stand for the same: all but their ids, places and names. Only for nodes that may be in a copy. */
  private readonly likeness = new Map<string, string>();
  private readonly pairs = new Map<string, readonly Pair[]>();

  constructor(private readonly graph: Graph) {
    for (const edge of graph.edges) {
      const { from, to } = edge;
      const input = { port: to.port, from };
      const into = this.inputs.get(to.node);
      if (into) into.push(input);
      else this.inputs.set(to.node, [input]);
      const out = this.outputs.get(from.node);
      if (out) out.push(edge);
      else this.outputs.set(from.node, [edge]);
    }
    // Several wires into one port have an order; that of ports is none.
    for (const row of this.inputs.values())
      row.sort((a, b) => (a.port < b.port ? -1 : a.port > b.port ? 1 : 0));
    const named = namesOf(graph);
    const owners = new Set(graph.nodes.map(({ params }) => params.shareWith));
    for (const node of graph.nodes) {
      const isShared =
        node.kind === BLOCK_KIND && (node.params.shareWith !== undefined || owners.has(node.id));
      if (isPortsNode(node.id) || isShared || definitionOf(graph, node)?.role !== 'layer') continue;
      this.likeness.set(node.id, `${ownLikeness(node)} ${named.get(node.id)?.join(' ') ?? ''}`);
    }
  }

  /** The repetition that folding would shorten most; of equals the one whose copies are the smallest. */
  find(): Repetition | undefined {
    const like = this.laterAlike();
    let best: readonly Pair[] | undefined;
    let most = 0;
    for (const [id] of this.likeness) {
      for (const pair of this.pairsFrom(id, like)) {
        const row = [pair];
        for (let next = this.goesOn(pair, like); next; next = this.goesOn(next, like)) row.push(next);
        const size = pair.first.length;
        const saved = row.length * size;
        // A single node counts from three copies on, more nodes from two.
        const smaller = saved === most && size < (best?.[0]?.first.length ?? 0);
        if (row.length < (size === 1 ? 2 : 1) || !(saved > most || smaller)) continue;
        most = saved;
        best = row;
      }
    }
    const [start] = best ?? [];
    if (!best || !start) return undefined;
    const { first, through, out } = start;
    // Walked through backwards.
    const copies = [first, ...best.map(({ second }) => second)].map((ids) => ids.toReversed());
    if (blockRefusal(this.graph as GraphDocument, copies.flat())) return undefined;
    return { copies, through, out: { node: first[0] ?? '', port: out } };
  }

  /** By node, those like it that come after it, in the order in which data flows. */
  private laterAlike(): ReadonlyMap<string, readonly string[]> {
    const later = new Map<string, string[]>();
    const groups = new Map<string, string[]>();
    for (const id of this.inOrder().toReversed()) {
      const like = this.likeness.get(id);
      if (like === undefined) continue;
      const group = groups.get(like) ?? [];
      groups.set(like, group);
      later.set(id, [...group]);
      group.unshift(id);
      group.splice(MOST_TRIES);
    }
    return later;
  }

  private inOrder(): readonly string[] {
    const open = new Map(this.graph.nodes.map(({ id }) => [id, this.inputs.get(id)?.length ?? 0]));
    const order = [...open].flatMap(([id, count]) => (count === 0 ? [id] : []));
    for (const id of order) {
      for (const { to } of this.outputs.get(id) ?? []) {
        const left = (open.get(to.node) ?? 0) - 1;
        open.set(to.node, left);
        if (left === 0) order.push(to.node);
      }
    }
    return order;
  }

  /** The copies that end with this node, each with the one after it. */
  private pairsFrom(id: string, like: ReadonlyMap<string, readonly string[]>): readonly Pair[] {
    const known = this.pairs.get(id);
    if (known) return known;
    const found = (like.get(id) ?? []).flatMap((other) => this.pairUp(id, other) ?? []);
    this.pairs.set(id, found);
    return found;
  }

  /** The pair that begins with the second copy of this one. */
  private goesOn({ second }: Pair, like: ReadonlyMap<string, readonly string[]>): Pair | undefined {
    return this.pairsFrom(second[0] ?? '', like).find(
      ({ first }) => first.length === second.length && first.every((id, at) => id === second[at]),
    );
  }

  /** Walks back from the ends of two copies at once, for as long as all is alike. */
  private pairUp(end: string, nextEnd: string): Pair | undefined {
    const twins = new Map([[end, nextEnd]]);
    const seconds = new Set([nextEnd]);
    let through: Endpoint | undefined;
    let out: string | undefined;
    const pair = (a: string, b: string): boolean => {
      if (twins.has(a) || seconds.has(b)) return twins.get(a) === b;
      if (!this.likeness.has(a) || this.likeness.get(a) !== this.likeness.get(b)) return false;
      twins.set(a, b);
      seconds.add(b);
      return true;
    };
    // A map is walked with what is added on the way.
    for (const [a, b] of twins) {
      const left = this.inputs.get(a) ?? [];
      const right = this.inputs.get(b) ?? [];
      if (left.length !== right.length) return undefined;
      for (const [at, { port, from }] of left.entries()) {
        const other = right[at];
        if (other?.port !== port) return undefined;
        if (other.from.node === end) {
          if ((out ?? other.from.port) !== other.from.port || !isSame(through ?? from, from))
            return undefined;
          through = from;
          out = other.from.port;
        } else if (!isSame(from, other.from)) {
          // What both copies are fed with from one place goes to each of them.
          if (from.port !== other.from.port || !pair(from.node, other.from.node)) return undefined;
        }
      }
    }
    if (!through || out === undefined || twins.has(through.node)) return undefined;
    const isApart = [...twins.keys()].every((id) => !seconds.has(id));
    const leadsInto = (id: string, inside: { has(id: string): boolean }): boolean =>
      (this.outputs.get(id) ?? []).every(({ to }) => inside.has(to.node));
    const isClosed = [...twins].every(
      ([a, b]) => leadsInto(a, a === end ? seconds : twins) && (b === nextEnd || leadsInto(b, seconds)),
    );
    return isApart && isClosed
      ? { first: [...twins.keys()], second: [...twins.values()], through, out }
      : undefined;
  }
}

const likenesses = new WeakMap<NodeInstance, string>();

function ownLikeness(node: NodeInstance): string {
  const known = likenesses.get(node);
  if (known !== undefined) return known;
  const { kind, params, frozen = false, off = '' } = node;
  const sorted = Object.entries(params).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const written = JSON.stringify([kind, sorted, frozen, off]);
  likenesses.set(node, written);
  return written;
}

/** By node, what else names it: optimisers that train it, or something in it, and parameters of the block around it. */
function namesOf({ nodes, blocks }: Graph): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const name = (node: string, by: string): void => {
    const list = found.get(node);
    if (list) list.push(by);
    else found.set(node, [by]);
  };
  for (const { id, params } of nodes) {
    for (const member of Array.isArray(params.scope) ? params.scope : []) {
      const [node = '', ...inside] = String(member).split('/');
      name(node, [id, ...inside].join('/'));
    }
  }
  const around = nodes.find(({ id }) => id === INPUTS_ID)?.params.block;
  for (const own of blocks?.find(({ id }) => id === around)?.params ?? []) {
    for (const { node, param } of innerParams(own)) name(node, `${own.id}:${param}`);
  }
  return found;
}

/**
 * The repetition in a graph that folding would shorten most: nodes with one way in and one way out that come again
 * right after, with all that is between the two ways, such as the branches of a residual layer.
 */
export const findRepetition = (graph: Graph): Repetition | undefined => new Repeats(graph).find();
