import { edgeId, type GraphDocument, type NodeInstance } from '#shared/graph/document.ts';

interface DocumentIndex {
  readonly nodes: ReadonlyMap<string, NodeInstance>;
  /** `node.port` of every input and output that has a wire. */
  readonly wired: ReadonlySet<string>;
  /** Ends of each wire by its id. */
  readonly edges: ReadonlyMap<string, GraphDocument['edges'][number]>;
}

const cache = new WeakMap<GraphDocument, DocumentIndex>();

/** Look-ups into a document, made once per document: hundreds of nodes ask at every change. */
export function documentIndex(document: GraphDocument): DocumentIndex {
  let index = cache.get(document);
  if (!index) {
    index = {
      nodes: new Map(document.nodes.map((node) => [node.id, node])),
      wired: new Set(
        document.edges.flatMap(({ from, to }) => [`${from.node}.${from.port}>`, `>${to.node}.${to.port}`]),
      ),
      edges: new Map(document.edges.map((edge) => [edgeId(edge), edge])),
    };
    cache.set(document, index);
  }
  return index;
}
