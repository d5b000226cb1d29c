import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';
import { hostFailure } from '#main/services/hostFailure.ts';
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
const encoder = new Encoder({ extensionCodec, ignoreUndefined: true, maxDepth: 500 });

/** An answer that cannot be written (nested too deep) becomes an error, so that its call still ends. */
export function encodeMessage(message: WireMessage): Uint8Array {
  try {
    return encoder.encode(message);
  } catch (error) {
    if (message.type !== 'result') throw error;
    const detail = error instanceof Error ? error.message : String(error);
    const failure = hostFailure('invalid-output', { method: `#${message.id}`, detail });
    return encoder.encode({ type: 'error', id: message.id, error: failure.error });
  }
}

/** Null for bytes that are no request. */
export function decodeRequest(bytes: Uint8Array): WireRequest | null {
  try {
    const parsed = wireRequestSchema.safeParse(decoder.decode(bytes));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
