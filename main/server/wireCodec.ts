import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';
import { type WireMessage, type WireRequest, wireRequestSchema } from '#shared/protocol/host.ts';
import { FLOAT32_EXTENSION, float32Extension, WIRE_MAX_MESSAGE_BYTES } from '#shared/protocol/wire.ts';

const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: FLOAT32_EXTENSION,
  encode: float32Extension.encode,
  decode: float32Extension.decode,
});

/** Lengths that a header claims are refused before memory is taken for them. */
const decoder = new Decoder({
  extensionCodec,
  maxStrLength: WIRE_MAX_MESSAGE_BYTES,
  maxBinLength: WIRE_MAX_MESSAGE_BYTES,
  maxExtLength: WIRE_MAX_MESSAGE_BYTES,
  maxArrayLength: 1_000_000,
  maxMapLength: 100_000,
});
const encoder = new Encoder({ extensionCodec, ignoreUndefined: true });

export const encodeMessage = (message: WireMessage): Uint8Array => encoder.encode(message);

/** Null for bytes that are no request. */
export function decodeRequest(bytes: Uint8Array): WireRequest | null {
  try {
    const parsed = wireRequestSchema.safeParse(decoder.decode(bytes));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
