import { edgeId, type GraphDocument, type NodeInstance } from '#shared/graph/document.ts';

interface DocumentIndex {
  readonly nodes: ReadonlyMap<string, NodeInstance>;
  /** `node.port` of every input and output that has a wire. */
  readonly wired: ReadonlySet<string>;
  /** Ends of each wire by its id. */
  readonly edges: ReadonlyMap<string, GraphDocument['edges'][number]>;
}

/**
 * The newest few. Kept for as long as their documents live they would fill the memory: the history keeps a
 * document for each step.
 */
const recent: { readonly document: GraphDocument; readonly index: DocumentIndex }[] = [];
const MAX_RECENT = 4;

/** Look-ups into a document, made once per document: hundreds of nodes ask at every change. */
export function documentIndex(document: GraphDocument): DocumentIndex {
  const known = recent.find((entry) => entry.document === document);
  if (known) return known.index;
  const index: DocumentIndex = {
    nodes: new Map(document.nodes.map((node) => [node.id, node])),
    wired: new Set(
      document.edges.flatMap(({ from, to }) => [`${from.node}.${from.port}>`, `>${to.node}.${to.port}`]),
    ),
    edges: new Map(document.edges.map((edge) => [edgeId(edge), edge])),
  };
  recent.unshift({ document, index });
  recent.length = Math.min(recent.length, MAX_RECENT);
  return index;
}
