import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MessageWriter } from '#main/engine/trace/protobuf.ts';
import { messagesOf, readMessage } from '#main/engine/trace/protobufReader.ts';

it('what was written is read, field by field', () => {
  const field = fc.record({
    field: fc.integer({ min: 1, max: 1000 }),
    value: fc.oneof(fc.nat(2 ** 31 - 1), fc.uint8Array({ maxLength: 300 })),
  });
  fc.assert(
    fc.property(fc.array(field), (fields) => {
      const writer = new MessageWriter();
      for (const { field: number, value } of fields) {
        if (typeof value === 'number') writer.int(number, value);
        else writer.bytes(number, value);
      }
      const read = [...readMessage(writer.finish())];
      expect(read).toEqual(fields.map((one) => ({ ...one })));
    }),
  );
});

it('finds the messages of one field and refuses what is cut off', () => {
  const bytes = new MessageWriter().string(1, 'a').int(2, 5).string(1, 'bc').finish();
  expect(messagesOf(bytes, 1).map((one) => new TextDecoder().decode(one))).toEqual(['a', 'bc']);
  expect(() => [...readMessage(bytes.subarray(0, bytes.length - 1))]).toThrow('ends within');
});
