import { useCallback, useEffect, useState } from 'react';
import type { HostError } from '#shared/protocol/host.ts';
import type { RuntimesStatus } from '#shared/protocol/runtimes.ts';
import { toHostError } from '../host/hostFailure.ts';
import { callHost, useHostStore } from '../stores/hostStore.ts';

export interface RuntimesView {
  /** Null until the host has answered for the first time. */
  readonly status: RuntimesStatus | null;
  /** Why the last thing that was asked for could not be begun, or not be done. */
  readonly error: HostError | null;
  /** Asks the host for something, and shows why where it refuses. */
  ask(what: () => Promise<unknown>): Promise<void>;
}

/** The runtime packs of the host, as they are now: read anew whenever a task ended. */
export function useRuntimes(): RuntimesView {
  const connection = useHostStore((host) => host.connection);
  const connected = useHostStore((host) => host.connected);
  const [status, setStatus] = useState<RuntimesStatus | null>(null);
  const [error, setError] = useState<HostError | null>(null);

  const refresh = useCallback(async () => {
    try {
      setStatus(await callHost('runtimes.status', {}));
    } catch (cause) {
      setError(toHostError(cause));
    }
  }, []);

  useEffect(() => {
    if (!connection || !connected) return;
    void refresh();
    return connection.subscribe((event) => {
      if (event.type !== 'runtimes') return;
      const { task, outcome } = event;
      setStatus((before) => before && { ...before, task, outcome });
      if (task === null) void refresh();
    });
  }, [connection, connected, refresh]);

  const ask = async (what: () => Promise<unknown>): Promise<void> => {
    setError(null);
    try {
      await what();
    } catch (cause) {
      setError(toHostError(cause));
    }
  };
  return { status, error, ask };
}
