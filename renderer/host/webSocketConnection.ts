import { decode, ExtensionCodec, encode } from '@msgpack/msgpack';
import {
  type HostConnection,
  type HostError,
  type HostEvent,
  hostMethods,
  wireMessageSchema,
} from '#shared/protocol/host.ts';
import {
  FLOAT32_EXTENSION,
  float32Extension,
  WIRE_MAX_MESSAGE_BYTES,
  WIRE_PATH,
} from '#shared/protocol/wire.ts';

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 8_000;

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: HostError) => void;
}

export interface WebSocketConnectionOptions {
  readonly url: string;
  /** Texts of failures that arise in the window itself. */
  readonly messages: { readonly disconnected: string; readonly tooLarge: string };
  readonly WebSocket?: typeof WebSocket;
}

/** The address of the host that served this page. */
export function webSocketUrl(location: { protocol: string; host: string }): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${WIRE_PATH}`;
}

/**
 * A host over one WebSocket. A lost connection is tried again with growing pauses (0.25 s to 8 s);
 * calls made meanwhile reject at once with code `disconnected`, as do those left unanswered.
 */
export function createWebSocketConnection(options: WebSocketConnectionOptions): HostConnection {
  const Socket = options.WebSocket ?? WebSocket;
  const codec = new ExtensionCodec();
  codec.register({ type: FLOAT32_EXTENSION, ...float32Extension });

  const waiting = new Map<number, Waiting>();
  const eventListeners = new Set<(event: HostEvent) => void>();
  const connectionListeners = new Set<(connected: boolean) => void>();
  const disconnected = (): HostError => ({ code: 'disconnected', message: options.messages.disconnected });
  let socket: WebSocket | null = null;
  let connected = false;
  let nextId = 1;
  let delay = FIRST_DELAY_MS;

  const setConnected = (value: boolean): void => {
    if (connected === value) return;
    connected = value;
    for (const listener of connectionListeners) listener(value);
  };

  const receive = (data: ArrayBuffer): void => {
    const message = wireMessageSchema.parse(decode(new Uint8Array(data), { extensionCodec: codec }));
    if (message.type === 'event') {
      for (const listener of eventListeners) listener(message.event);
      return;
    }
    const call = waiting.get(message.id);
    if (!call) return;
    waiting.delete(message.id);
    if (message.type === 'result') call.resolve(message.output);
    else call.reject(message.error);
  };

  const open = (): void => {
    const opened = new Socket(options.url);
    opened.binaryType = 'arraybuffer';
    socket = opened;
    opened.addEventListener('open', () => {
      delay = FIRST_DELAY_MS;
      setConnected(true);
    });
    opened.addEventListener('message', (event: MessageEvent<ArrayBuffer>) => receive(event.data));
    opened.addEventListener('close', () => {
      if (socket === opened) socket = null;
      for (const call of waiting.values()) call.reject(disconnected());
      waiting.clear();
      setConnected(false);
      setTimeout(open, delay * (0.75 + Math.random() / 2));
      delay = Math.min(delay * 2, LONGEST_DELAY_MS);
    });
  };
  open();

  return {
    call(method, input) {
      return new Promise((resolve, reject) => {
        if (!connected || !socket) return reject(disconnected());
        const id = nextId++;
        // An absent optional must stay absent: sent as nil it would be refused.
        const frame = encode({ id, method, input }, { extensionCodec: codec, ignoreUndefined: true });
        if (frame.byteLength > WIRE_MAX_MESSAGE_BYTES)
          return reject({ code: 'too-large', message: options.messages.tooLarge });
        waiting.set(id, {
          reject,
          resolve: (output) => {
            const parsed = hostMethods[method].output.safeParse(output);
            if (parsed.success) resolve(parsed.data as never);
            else reject({ code: 'invalid-output', message: parsed.error.message });
          },
        });
        socket.send(frame);
      });
    },
    subscribe(listener) {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    onConnection(listener) {
      connectionListeners.add(listener);
      listener(connected);
      return () => connectionListeners.delete(listener);
    },
  };
}
