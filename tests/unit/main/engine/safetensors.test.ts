import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from '#main/engine/exports/safetensors.ts';
import type { TensorValue } from '#shared/protocol/run.ts';

const file = (header: string, data = Buffer.alloc(0)): Buffer => {
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
  return Buffer.concat([prefix, Buffer.from(header), data]);
};

describe('safetensors', () => {
  it('writes the bytes that the format describes', () => {
    const tensors = new Map<string, TensorValue>([['w', { shape: [2], data: Float32Array.of(1, -2) }]]);
    const bytes = Buffer.concat(encodeSafetensors(tensors, { made_by: 'us' }));
    const length = Number(bytes.readBigUInt64LE(0));
    expect(length % 8).toBe(0);
    expect(JSON.parse(bytes.toString('utf8', 8, 8 + length))).toEqual({
      __metadata__: { made_by: 'us' },
      w: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
    });
    expect(bytes.readFloatLE(8 + length)).toBe(1);
    expect(bytes.readFloatLE(12 + length)).toBe(-2);
  });

  it('reads back what it wrote, bit for bit', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((name) => name !== '__metadata__' && name !== '__proto__'),
          fc.float32Array({ maxLength: 20 }),
        ),
        (content) => {
          const tensors = new Map(
            Object.entries(content).map(([name, data]) => [
              name,
              { shape: [data.length], data: Float32Array.from(data) },
            ]),
          );
          const read = decodeSafetensors(Buffer.concat(encodeSafetensors(tensors)));
          expect(new Set(read.tensors.keys())).toEqual(new Set(tensors.keys()));
          for (const [name, { data }] of tensors) {
            expect(Buffer.from(read.tensors.get(name)?.data.buffer ?? new ArrayBuffer(0))).toEqual(
              Buffer.from(data.buffer),
            );
          }
        },
      ),
    );
  });

  it.each([
    ['is too short', Buffer.alloc(5)],
    ['claims a header longer than the file', Buffer.from([255, 255, 255, 255, 255, 255, 255, 127, 0])],
    ['has a header that is no JSON', file('{"w":')],
    [
      'has another type of numbers',
      file('{"w":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}', Buffer.alloc(2)),
    ],
    [
      'claims more values than it has bytes',
      file('{"w":{"dtype":"F32","shape":[1000000],"data_offsets":[0,4000000]}}'),
    ],
    [
      'claims a size that overflows',
      file(
        '{"w":{"dtype":"F32","shape":[9007199254740991,9007199254740991],"data_offsets":[0,4]}}',
        Buffer.alloc(4),
      ),
    ],
    ['has a gap', file('{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}', Buffer.alloc(8))],
    [
      'has overlapping tensors',
      file(
        '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
        Buffer.alloc(4),
      ),
    ],
    ['has bytes left over', file('{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', Buffer.alloc(8))],
  ])('refuses a file that %s', (_, bytes) => {
    expect(() => decodeSafetensors(bytes)).toThrow();
  });
});
