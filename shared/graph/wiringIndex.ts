import { type Edge, edgeId, type GraphDocument } from './document.ts';

type Neighbours = ReadonlyMap<string, readonly string[]>;

/** A closure that was asked for last, by the node that it begins at. */
interface Reached {
  readonly at: string;
  readonly ids: ReadonlySet<string>;
}

/** Look-ups into the wires of a graph. */
interface WiringIndex {
  readonly edges: GraphDocument['edges'];
  readonly ids: ReadonlySet<string>;
  readonly next: Neighbours;
  readonly previous: Neighbours;
  after: Reached | undefined;
  before: Reached | undefined;
}

/** That of the graph looked at last: a wire that is begun is checked against every port. */
let latest: WiringIndex | undefined;

function neighbours(edges: readonly Edge[], of: 'from' | 'to', are: 'from' | 'to'): Neighbours {
  const found = new Map<string, string[]>();
  for (const edge of edges) {
    const list = found.get(edge[of].node);
    if (list) list.push(edge[are].node);
    else found.set(edge[of].node, [edge[are].node]);
  }
  return found;
}

function indexOf({ edges }: Pick<GraphDocument, 'edges'>): WiringIndex {
  if (latest?.edges !== edges) {
    latest = {
      edges,
      ids: new Set(edges.map(edgeId)),
      next: neighbours(edges, 'from', 'to'),
      previous: neighbours(edges, 'to', 'from'),
      after: undefined,
      before: undefined,
    };
  }
  return latest;
}

function reach(at: string, steps: Neighbours): Reached {
  const ids = new Set([at]);
  // A set is walked with what is added on the way.
  for (const id of ids) for (const step of steps.get(id) ?? []) ids.add(step);
  return { at, ids };
}

export const hasWire = (document: Pick<GraphDocument, 'edges'>, id: string): boolean =>
  indexOf(document).ids.has(id);

/** True when `target` can be reached from `start` along the wires (or is it). */
export function leadsTo(document: Pick<GraphDocument, 'edges'>, start: string, target: string): boolean {
  const index = indexOf(document);
  // Of a row of questions one end is mostly the same.
  if (index.after?.at === start) return index.after.ids.has(target);
  if (index.before?.at === target) return index.before.ids.has(start);
  index.after = reach(start, index.next);
  index.before = reach(target, index.previous);
  return index.after.ids.has(target);
}
