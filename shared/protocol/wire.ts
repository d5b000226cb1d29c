/**
 * How the frames of `host.ts` travel between a browser window and its host: one msgpack value per
 * binary WebSocket message, with `Float32Array` as an extension type so that tensors stay numbers.
 * Both ends register the same codec: `codec.register({ type: FLOAT32_EXTENSION, ...float32Extension })`.
 */
export const WIRE_PATH = '/ws';

/** Largest message a host accepts or a window should send, in bytes. */
export const WIRE_MAX_MESSAGE_BYTES = 72 * 1024 * 1024;

/** Close code of a host that is shutting down: the window need not reconnect at once. */
export const WIRE_CLOSE_GOING_AWAY = 1001;

export const FLOAT32_EXTENSION = 1;

export const float32Extension = {
  /** Little-endian bytes; null leaves any other value to msgpack itself. */
  encode(value: unknown): Uint8Array | null {
    if (!(value instanceof Float32Array)) return null;
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  },
  /**
   * Copies, because the bytes lie unaligned in the message (and not with `slice`, which on Node's
   * Buffer is a view). Throws on a length that is no multiple of 4.
   */
  decode(bytes: Uint8Array): Float32Array {
    if (bytes.byteLength % 4 !== 0) throw new RangeError(`Float32 data of ${bytes.byteLength} bytes`);
    return new Float32Array(new Uint8Array(bytes).buffer);
  },
};
