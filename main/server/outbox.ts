import type { HostEvent, WireMessage } from '#shared/protocol/host.ts';
import type { MetricPoint } from '#shared/protocol/run.ts';

/** The part of a socket that an outbox needs. */
export interface OutboxSocket {
  /** Bytes handed over but not yet taken by the other side. */
  readonly bufferedAmount: number;
  send(bytes: Uint8Array, sent: () => void): void;
}

/** Messages to one window, in order. While the window is slow to take them, progress waits and is merged. */
export interface Outbox {
  push(message: WireMessage): void;
  /** True while the window has not taken what it was sent; its requests should wait as well. */
  readonly congested: boolean;
}

/** Above this many bytes under way, messages wait here, where they can still be merged. */
export const CONGESTED_BYTES = 1024 * 1024;
/** Points of one merged progress event; past it, every second of those that are no whole figures goes. */
export const MERGED_POINTS_LIMIT = 2000;

export function createOutbox(
  socket: OutboxSocket,
  encode: (message: WireMessage) => Uint8Array,
  onRelief: () => void,
): Outbox {
  let waiting: WireMessage[] = [];

  function flush(): void {
    while (waiting.length > 0 && socket.bufferedAmount < CONGESTED_BYTES) {
      const [message, ...rest] = waiting;
      if (message === undefined) return;
      waiting = rest;
      socket.send(encode(message), flush);
    }
    if (waiting.length === 0) onRelief();
  }

  return {
    push(message) {
      if (waiting.length > 0 && message.type === 'event') {
        const merged = mergeIntoWaiting(waiting, message.event);
        if (merged !== null) {
          waiting = merged;
          return;
        }
      }
      waiting = [...waiting, message];
      flush();
    },
    get congested() {
      return waiting.length > 0 || socket.bufferedAmount >= CONGESTED_BYTES;
    },
  };
}

/** The waiting messages with `event` merged into one of them; null where it must wait by itself. */
export function mergeIntoWaiting(waiting: readonly WireMessage[], event: HostEvent): WireMessage[] | null {
  for (let index = waiting.length - 1; index >= 0; index -= 1) {
    const message = waiting[index];
    if (message?.type !== 'event') continue;
    const merged = mergeEvents(message.event, event);
    if (merged === 'blocked') return null;
    if (merged !== null) return waiting.with(index, { type: 'event', event: merged });
  }
  return null;
}

/** `blocked`: `later` must not overtake `earlier`. Null: they have nothing to do with each other. */
function mergeEvents(earlier: HostEvent, later: HostEvent): HostEvent | 'blocked' | null {
  if (earlier.type === 'engine' && later.type === 'engine') return later;
  if (earlier.type !== 'run' || later.type !== 'run') return null;
  if (earlier.event.runId !== later.event.runId) return null;
  if (earlier.event.type !== 'progress' || later.event.type !== 'progress') return 'blocked';
  const points = thin([...earlier.event.points, ...later.event.points]);
  return { type: 'run', event: { ...later.event, points } };
}

function thin(points: MetricPoint[]): MetricPoint[] {
  if (points.length <= MERGED_POINTS_LIMIT) return points;
  return points.filter((point, index) => point.whole || index % 2 === 1);
}
