import { decode, encode } from '@msgpack/msgpack';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createWebSocketConnection, webSocketUrl } from '#renderer/host/webSocketConnection.ts';

/** A socket whose other end the test holds. */
class HeldSocket extends EventTarget {
  static opened: HeldSocket[] = [];
  binaryType = 'blob';
  readonly sent: { id: number; method: string }[] = [];
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    HeldSocket.opened.push(this);
  }
  send(frame: Uint8Array): void {
    this.sent.push(decode(frame) as { id: number; method: string });
  }
  receive(message: unknown): void {
    const bytes = encode(message);
    this.dispatchEvent(
      new MessageEvent('message', {
        data: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
      }),
    );
  }
}

const connect = () => {
  HeldSocket.opened = [];
  const connection = createWebSocketConnection({
    url: 'ws://host/ws',
    messages: { disconnected: 'gone', tooLarge: 'too large' },
    WebSocket: HeldSocket as unknown as typeof WebSocket,
  });
  const socket = (): HeldSocket => {
    const last = HeldSocket.opened.at(-1);
    if (!last) throw new Error('no socket');
    return last;
  };
  return { connection, socket };
};

describe('webSocketConnection', () => {
  afterEach(() => void vi.useRealTimers());

  it('finds the host that served the page', () => {
    expect(webSocketUrl({ protocol: 'http:', host: '127.0.0.1:80' })).toBe('ws://127.0.0.1:80/ws');
    expect(webSocketUrl({ protocol: 'https:', host: 'a.b' })).toBe('wss://a.b/ws');
  });

  it('answers calls by id and refuses malformed answers', async () => {
    const { connection, socket } = connect();
    socket().dispatchEvent(new Event('open'));
    const files = connection.call('files.recent', {});
    const broken = connection.call('files.recent', {});
    const failed = connection.call('files.recent', {});
    const [a, b, c] = socket().sent;
    socket().receive({ type: 'error', id: c?.id, error: { code: 'x', message: 'why' } });
    socket().receive({ type: 'result', id: b?.id, output: { files: 3 } });
    socket().receive({ type: 'result', id: a?.id, output: { files: [] } });
    await expect(files).resolves.toEqual({ files: [] });
    await expect(broken).rejects.toMatchObject({ code: 'invalid-output' });
    await expect(failed).rejects.toEqual({ code: 'x', message: 'why' });
  });

  it('rejects calls while disconnected, and connects again with growing pauses', async () => {
    vi.useFakeTimers();
    const { connection, socket } = connect();
    const states: boolean[] = [];
    connection.onConnection((connected) => void states.push(connected));
    await expect(connection.call('files.recent', {})).rejects.toEqual({
      code: 'disconnected',
      message: 'gone',
    });
    socket().dispatchEvent(new Event('open'));
    const unanswered = connection.call('files.recent', {});
    socket().dispatchEvent(new Event('close'));
    await expect(unanswered).rejects.toMatchObject({ code: 'disconnected' });
    expect(HeldSocket.opened).toHaveLength(1);
    vi.advanceTimersByTime(400);
    expect(HeldSocket.opened).toHaveLength(2);
    socket().dispatchEvent(new Event('close'));
    vi.advanceTimersByTime(370);
    expect(HeldSocket.opened).toHaveLength(2);
    vi.advanceTimersByTime(300);
    expect(HeldSocket.opened).toHaveLength(3);
    socket().dispatchEvent(new Event('open'));
    expect(states).toEqual([false, true, false, true]);
  });
});
