/** One field of a protocol-buffer message: a number, or the bytes of a text or message. */
export interface MessageField {
  readonly field: number;
  readonly value: number | Uint8Array;
}

/** The fields of a serialised message, in order; 64-bit numbers lose what a double cannot hold. */
export function* readMessage(bytes: Uint8Array): Generator<MessageField> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('a message ends within a number');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new Error('a message ends within a field');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (wireType === 0) yield { field, value: varint() };
    else if (wireType === 1) yield { field, value: take(8) };
    else if (wireType === 2) yield { field, value: take(varint()) };
    else if (wireType === 5) yield { field, value: take(4) };
    else throw new Error(`a message has the unknown wire type ${wireType}`);
  }
}

export function messagesOf(bytes: Uint8Array, field: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (const one of readMessage(bytes)) {
    if (one.field === field && typeof one.value !== 'number') found.push(one.value);
  }
  return found;
}
