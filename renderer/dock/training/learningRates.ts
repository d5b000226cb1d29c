import type { GraphDocument } from '#shared/graph/document.ts';
import { nodeTitle } from '#shared/graph/selectors.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import type { Progress } from '#shared/protocol/run.ts';

export interface OptimizerRate {
  /** Instance path; at the top level of a document, the node's id. */
  readonly path: string;
  readonly title: string;
  readonly value: number;
}

/** True where both graphs have the same optimisers by path, so that one's rates can be set in the other. */
export function sameOptimizers(a: GraphDocument, b: GraphDocument): boolean {
  const optimizers = ({ nodes }: GraphDocument): string =>
    nodes
      .filter(({ kind }) => findNodeDefinition(kind)?.role === 'optimizer')
      .map(({ id, kind }) => `${id} ${kind}`)
      .sort()
      .join('\n');
  return optimizers(a) === optimizers(b);
}

/** The rate of each optimiser: what the run uses where it is live, else what the document says. */
export function learningRates(document: GraphDocument, progress: Progress | null): OptimizerRate[] {
  return document.nodes.flatMap((node) => {
    const definition = findNodeDefinition(node.kind);
    if (definition?.role !== 'optimizer') return [];
    const params = definition.params.safeParse(node.params);
    const value =
      progress?.learningRates[node.id] ?? (params.success ? definition.learningRate(params.data) : undefined);
    return value === undefined ? [] : [{ path: node.id, title: nodeTitle(node), value }];
  });
}
