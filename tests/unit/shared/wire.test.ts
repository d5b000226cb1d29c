import { describe, expect, it } from 'vitest';
import { float32Extension } from '#shared/protocol/wire.ts';

const { encode, decode } = float32Extension;

describe('float32Extension', () => {
  it('gives back the numbers it was given, also of a part of a larger buffer', () => {
    const whole = Float32Array.of(0, 1.5, -2, Number.POSITIVE_INFINITY, 1e-40);
    const bytes = encode(whole.subarray(1, 4));
    expect(bytes).toHaveLength(12);
    expect(bytes && decode(bytes)).toEqual(Float32Array.of(1.5, -2, Number.POSITIVE_INFINITY));
  });

  it('leaves every other value to msgpack', () => {
    for (const value of [1, 'text', null, new Float64Array(2), new Uint8Array(4)]) {
      expect(encode(value)).toBeNull();
    }
  });

  it('copies out of a Node buffer, wherever in it the bytes lie', () => {
    // A message as `ws` hands it over: a view into a pool, at an address that is no multiple of 4.
    const pool = Buffer.alloc(64, 0xff);
    const at = pool.byteOffset % 4 === 3 ? 2 : 3;
    const message = pool.subarray(at, at + 8);
    message.writeFloatLE(0.25, 0);
    message.writeFloatLE(-8, 4);
    const numbers = decode(message);
    expect(numbers).toEqual(Float32Array.of(0.25, -8));
    expect(numbers.buffer.byteLength).toBe(8);
    pool.fill(0);
    expect(numbers).toEqual(Float32Array.of(0.25, -8));
  });

  it('refuses bytes that are no whole numbers', () => {
    expect(() => decode(new Uint8Array(6))).toThrow(RangeError);
  });
});
