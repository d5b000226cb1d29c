import { edgesAt, type GraphIndex } from './graphIndex.ts';

/** A graph that is, or is being, inferred. */
interface Indexed {
  readonly index: GraphIndex;
}

function reach(ids: readonly string[], next: (id: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set(ids);
  const stack = [...ids];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    for (const neighbour of next(id)) {
      if (!reached.has(neighbour)) {
        reached.add(neighbour);
        stack.push(neighbour);
      }
    }
  }
  return reached;
}

type Wires = GraphIndex['incoming'];

/** What was found for a wiring, which most edits leave alone. */
const known = new WeakMap<Wires, Map<string, ReadonlySet<string>>>();

/** The nodes and all that their values are made from. */
export function upstreamOf(graph: Indexed, ids: readonly string[]): ReadonlySet<string> {
  const { incoming } = graph.index;
  const found = known.get(incoming) ?? new Map<string, ReadonlySet<string>>();
  known.set(incoming, found);
  const key = ids.join(' ');
  const reached = found.get(key) ?? reach(ids, (id) => edgesAt(incoming, id).map(({ from }) => from.node));
  found.set(key, reached);
  return reached;
}

/** The node and all that is made from its values. */
export function downstreamOf(graph: Indexed, nodeId: string): ReadonlySet<string> {
  return reach([nodeId], (id) => edgesAt(graph.index.outgoing, id).map(({ to }) => to.node));
}
