import type { useStoreApi } from '@xyflow/react';
import { type HandleType, XYHandle } from '@xyflow/system';

type FlowStore = ReturnType<typeof useStoreApi>;

/** A port on the page, in React Flow's words. */
interface Handle {
  readonly element: Element;
  readonly nodeId: string;
  readonly id: string;
  readonly type: HandleType;
}

function portOf({ target }: Event): Handle | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('.port') : null;
  const { nodeid, handleid } = element?.dataset ?? {};
  if (!element || nodeid === undefined || handleid === undefined) return null;
  const type = element.classList.contains('target') ? 'target' : 'source';
  return { element, nodeId: nodeid, id: handleid, type };
}

/** A wire is taken in hand. */
function begin(store: FlowStore, event: MouseEvent | TouchEvent, port: Handle): void {
  const flow = store.getState();
  const { autoPanOnConnect, autoPanSpeed, connectionMode, connectionRadius, domNode, lib, nodeLookup } = flow;
  const { cancelConnection, onConnectStart, panBy, updateConnection } = flow;
  XYHandle.onPointerDown(event, {
    handleDomNode: port.element,
    nodeId: port.nodeId,
    handleId: port.id,
    isTarget: port.type === 'target',
    flowId: flow.rfId,
    dragThreshold: flow.connectionDragThreshold,
    // As near on screen however far the ports are away.
    connectionRadius: connectionRadius / Math.min(1, flow.transform[2]),
    ...{ autoPanOnConnect, autoPanSpeed, connectionMode, domNode, lib, nodeLookup },
    ...{ cancelConnection, panBy, updateConnection },
    ...(onConnectStart && { onConnectStart }),
    onConnect: (connection) => store.getState().onConnect?.(connection),
    onConnectEnd: (...ended) => store.getState().onConnectEnd?.(...ended),
    isValidConnection: (connection) => store.getState().isValidConnection?.(connection) ?? true,
    getTransform: () => store.getState().transform,
    getFromHandle: () => store.getState().connection.fromHandle,
  });
}

/** One click begins a wire, the next one, at another port, ends it. */
function click(store: FlowStore, event: MouseEvent, { nodeId, id, type }: Handle): void {
  const flow = store.getState();
  const { connectionClickStartHandle: begun, connectionMode, isValidConnection, lib, nodeLookup } = flow;
  if (!begun) {
    store.setState({ connectionClickStartHandle: { nodeId, id, type } });
    return;
  }
  const { connection, isValid } = XYHandle.isValid(event, {
    handle: { nodeId, id, type },
    fromNodeId: begun.nodeId,
    fromHandleId: begun.id ?? null,
    fromType: begun.type,
    flowId: flow.rfId,
    doc: document,
    ...{ connectionMode, lib, nodeLookup },
    ...(isValidConnection && { isValidConnection }),
  });
  if (isValid && connection) flow.onConnect?.(connection);
  store.setState({ connectionClickStartHandle: null });
}

/** Lets wires be drawn from the ports of all cards (Port.tsx). */
export function attachPorts(frame: HTMLElement, store: FlowStore): () => void {
  const off = new AbortController();
  const { signal } = off;
  const onPress = (event: MouseEvent | TouchEvent): void => {
    const port = portOf(event);
    if (port && !('button' in event && event.button !== 0)) begin(store, event, port);
  };
  frame.addEventListener('mousedown', onPress, { signal });
  frame.addEventListener('touchstart', onPress, { signal, passive: true });
  frame.addEventListener(
    'click',
    (event) => {
      const port = portOf(event);
      if (port) click(store, event, port);
    },
    { signal },
  );
  return () => off.abort();
}
