import type { GraphDocument } from '#shared/graph/document.ts';

/** What a bench asks of either page. */
export interface BenchPage {
  readonly nodeIds: readonly string[];
  select(ids: readonly string[]): void;
}

declare global {
  interface Window {
    benchPage?: BenchPage;
  }
}

export function announce(graph: GraphDocument, select: (ids: ReadonlySet<string>) => void): void {
  window.benchPage = {
    nodeIds: graph.nodes.map(({ id }) => id),
    select: (ids) => select(new Set(ids)),
  };
}
