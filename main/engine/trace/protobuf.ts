/** Writes protocol-buffer messages: just what TensorFlow's configuration and model files need. */
export class MessageWriter {
  readonly #parts: Uint8Array[] = [];

  /** Integers, booleans and enumerations. */
  int(field: number, value: number): this {
    return this.#tag(field, 0).#varint(value);
  }

  string(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    this.#tag(field, 2).#varint(value.length);
    this.#parts.push(value);
    return this;
  }

  message(field: number, write: (message: MessageWriter) => void): this {
    const message = new MessageWriter();
    write(message);
    return this.bytes(field, message.finish());
  }

  /** One entry of a `map<string, Message>`. */
  entry(field: number, key: string, write: (message: MessageWriter) => void): this {
    return this.message(field, (entry) => entry.string(1, key).message(2, write));
  }

  finish(): Uint8Array {
    const result = new Uint8Array(this.#parts.reduce((length, part) => length + part.length, 0));
    let offset = 0;
    for (const part of this.#parts) {
      result.set(part, offset);
      offset += part.length;
    }
    return result;
  }

  #tag(field: number, wireType: number): this {
    return this.#varint(field * 8 + wireType);
  }

  #varint(value: number): this {
    const bytes: number[] = [];
    // Negative numbers are written in 64 bits of two's complement.
    let rest = BigInt.asUintN(64, BigInt(value));
    do {
      const byte = Number(rest & 0x7fn);
      rest >>= 7n;
      bytes.push(rest > 0n ? byte | 0x80 : byte);
    } while (rest > 0n);
    this.#parts.push(Uint8Array.from(bytes));
    return this;
  }
}
