import type { useStoreApi } from '@xyflow/react';

type FlowStore = ReturnType<typeof useStoreApi>;

/** V8's: how many calls an error writes down. */
const errors: ErrorConstructor & { stackTraceLimit?: number | undefined } = Error;

/**
 * Keeps React Flow from measuring what it was told: it looks at every card once it is on the page, and renders each
 * anew for it, which in a graph of thousands takes as long as drawing them. A card of another size is measured.
 */
function trustGivenSizes(store: FlowStore): void {
  const { updateNodeInternals } = store.getState();
  store.setState({
    updateNodeInternals: (updates, params) => {
      const { nodeLookup } = store.getState();
      const unknown = new Map(
        [...updates].filter(([id, { nodeElement }]) => {
          const node = nodeLookup.get(id);
          return !(
            node?.handles &&
            node.measured.width === nodeElement.offsetWidth &&
            node.measured.height === nodeElement.offsetHeight
          );
        }),
      );
      if (unknown.size > 0) updateNodeInternals(unknown, params);
    },
  });
}

/**
 * Makes taking cards away quick: each of them looks itself up once more before it goes, does not find itself, and
 * fails, which React catches. Writing down where each failed took longer than taking 500 of them off the page.
 */
function failLightly(store: FlowStore): void {
  const { setNodes } = store.getState();
  store.setState({
    setNodes: (nodes) => {
      const { stackTraceLimit } = errors;
      errors.stackTraceLimit = 0;
      try {
        setNodes(nodes);
      } finally {
        errors.stackTraceLimit = stackTraceLimit;
      }
    },
  });
}

/** What large graphs need of React Flow's store; to be called once, before anything is drawn. */
export function tuneFlowStore(store: FlowStore): void {
  trustGivenSizes(store);
  failLightly(store);
}
