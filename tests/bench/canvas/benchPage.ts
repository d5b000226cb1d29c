import type { GraphDocument } from '#shared/graph/document.ts';

/** What a bench asks of either page. */
export interface BenchPage {
  readonly nodeIds: readonly string[];
  /** Shows the graph, out of the text of its file. */
  open(): void;
  select(ids: readonly string[]): void;
}

declare global {
  interface Window {
    benchPage?: BenchPage;
  }
}

export function announce(
  graph: GraphDocument,
  open: () => void,
  select: (ids: ReadonlySet<string>) => void,
): void {
  window.benchPage = {
    nodeIds: graph.nodes.map(({ id }) => id),
    open,
    select: (ids) => select(new Set(ids)),
  };
}
