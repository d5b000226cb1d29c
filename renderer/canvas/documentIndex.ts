import { edgeId, type GraphDocument, type NodeInstance } from '#shared/graph/document.ts';

interface DocumentIndex {
  readonly nodes: ReadonlyMap<string, NodeInstance>;
  /** `node.port` of every input and output that has a wire. */
  readonly wired: ReadonlySet<string>;
  /** Ends of each wire by its id. */
  readonly edges: ReadonlyMap<string, GraphDocument['edges'][number]>;
}

const MAX_RECENT = 4;

/**
 * What was made of the newest few keys. Kept for as long as its document lives it would fill the memory: the
 * history keeps a document for each step.
 */
function keepRecent<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const recent: { readonly key: Key; readonly value: Value }[] = [];
  return (key) => {
    const known = recent.find((entry) => entry.key === key);
    if (known) return known.value;
    const value = make(key);
    recent.unshift({ key, value });
    recent.length = Math.min(recent.length, MAX_RECENT);
    return value;
  };
}

const nodesById = keepRecent(
  (nodes: GraphDocument['nodes']) => new Map(nodes.map((node) => [node.id, node])),
);

/** Most edits leave the wires alone. */
const wires = keepRecent((edges: GraphDocument['edges']) => ({
  wired: new Set(edges.flatMap(({ from, to }) => [`${from.node}.${from.port}>`, `>${to.node}.${to.port}`])),
  edges: new Map(edges.map((edge) => [edgeId(edge), edge])),
}));

/** Look-ups into a document, made once per document: hundreds of nodes ask at every change. */
export const documentIndex = keepRecent(
  (document: GraphDocument): DocumentIndex => ({
    nodes: nodesById(document.nodes),
    ...wires(document.edges),
  }),
);
