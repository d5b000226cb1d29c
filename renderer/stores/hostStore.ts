import { create } from 'zustand';
import type { EngineStatus } from '#shared/protocol/engine.ts';
import type { AppInfo, HostConnection, HostError } from '#shared/protocol/host.ts';
import { toHostError } from '../host/hostFailure.ts';

interface HostState {
  readonly connection: HostConnection | null;
  readonly connected: boolean;
  /** Null until the host has answered for the first time. */
  readonly info: AppInfo | null;
  readonly engine: EngineStatus | null;
  readonly error: HostError | null;
}

/** The host that this window talks to, what it is, and how its engine is. */
export const useHostStore = create<HostState>(() => ({
  connection: null,
  connected: false,
  info: null,
  engine: null,
  error: null,
}));

/** Calls go through here, so that no component holds a connection of its own. Rejects with a HostError. */
export const callHost: HostConnection['call'] = (method, input) => {
  const { connection } = useHostStore.getState();
  if (!connection) throw new Error('callHost before attachHost');
  return connection.call(method, input);
};

/** Attaches the window to its host, once, at start. Returns the way to detach (used by tests). */
export function attachHost(connection: HostConnection): () => void {
  useHostStore.setState({ connection });
  const offEvents = connection.subscribe((event) => {
    if (event.type === 'engine') useHostStore.setState({ engine: event.status });
  });
  const offConnection = connection.onConnection((connected) => {
    useHostStore.setState({ connected });
    if (connected) void refreshHost();
  });
  return () => {
    offEvents();
    offConnection();
  };
}

export async function refreshHost(): Promise<void> {
  try {
    const info = await callHost('app.info', {});
    useHostStore.setState({ info, engine: info.engine, error: null });
  } catch (cause) {
    useHostStore.setState({ error: toHostError(cause) });
  }
}
