import type { HostConnection, HostEvent } from '#shared/protocol/host.ts';

/** What the desktop's preload script puts on `window`: calls answered by IPC, events pushed. */
export interface HostBridge {
  call(method: string, input: unknown): Promise<{ ok: true; value: unknown } | { ok: false; error: unknown }>;
  subscribe(listener: (event: HostEvent) => void): () => void;
}

declare global {
  interface Window {
    readonly neuroloom?: HostBridge;
  }
}

/** The desktop's host. Failures cross the context bridge as values and become rejections here. */
export function createBridgeConnection(bridge: HostBridge): HostConnection {
  return {
    async call(method, input) {
      const answer = await bridge.call(method, input);
      if (!answer.ok) throw answer.error;
      return answer.value as never;
    },
    subscribe: (listener) => bridge.subscribe(listener),
    onConnection(listener) {
      listener(true);
      return () => {};
    },
  };
}
