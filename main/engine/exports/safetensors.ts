import { z } from 'zod';
import type { TensorValue } from '#shared/protocol/run.ts';

/**
 * The safetensors format (huggingface.co/docs/safetensors): the header's length as a 64-bit
 * little-endian number, a JSON header, then the values of every tensor end to end. Only float32
 * is written and read here. Names are sorted, so that equal contents are equal files.
 */
const MAX_HEADER = 100_000_000;
const MAX_ELEMENTS = 2 ** 40;

const entrySchema = z.object({
  dtype: z.literal('F32'),
  shape: z.array(z.int().nonnegative()).max(16),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});
const headerSchema = z.record(z.string(), z.unknown());
const metadataSchema = z.record(z.string(), z.string());

export interface SafetensorsContent {
  readonly tensors: ReadonlyMap<string, TensorValue>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The file as chunks that share the tensors' memory (host byte order is little-endian on every supported machine). */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, TensorValue>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array[] {
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata;
  const names = [...tensors.keys()].sort();
  const chunks: Uint8Array[] = [];
  let offset = 0;
  for (const name of names) {
    const tensor = tensors.get(name);
    if (!tensor) continue;
    const { data, shape } = tensor;
    if (name === '__metadata__') throw new Error('a tensor cannot be called __metadata__');
    if (elementCount(shape) !== data.length)
      throw new Error(`${name}: ${data.length} values for shape ${shape}`);
    header[name] = { dtype: 'F32', shape: [...shape], data_offsets: [offset, offset + data.byteLength] };
    chunks.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    offset += data.byteLength;
  }
  let text = JSON.stringify(header);
  // Padding keeps the values aligned to eight bytes, so that they can be mapped.
  const length = Buffer.byteLength(text);
  text += ' '.repeat((8 - (length % 8)) % 8);
  const encoded = Buffer.from(text);
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(encoded.length));
  return [prefix, encoded, ...chunks];
}

/**
 * Reads a whole file. Every size in the header is compared with the bytes present before memory
 * is taken; gaps, overlaps and unknown types are refused.
 * @throws Error with a sentence saying what is wrong.
 */
export function decodeSafetensors(file: Uint8Array): SafetensorsContent {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 8) throw new Error('the file is too short for a safetensors header');
  const headerLength = bytes.readBigUInt64LE(0);
  if (headerLength > BigInt(Math.min(MAX_HEADER, bytes.length - 8))) {
    throw new Error(`the header says it is ${headerLength} bytes long, the file has ${bytes.length}`);
  }
  const dataStart = 8 + Number(headerLength);
  const dataLength = bytes.length - dataStart;
  const header = headerSchema.parse(JSON.parse(bytes.toString('utf8', 8, dataStart)));

  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => ({ name, ...entrySchema.parse(value) }))
    .sort((a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1]);
  let end = 0;
  for (const {
    name,
    shape,
    data_offsets: [from, to],
  } of entries) {
    if (from !== end || to < from || to > dataLength)
      throw new Error(`${name}: its place in the file is wrong`);
    if (elementCount(shape) * 4 !== to - from)
      throw new Error(`${name}: ${to - from} bytes for shape ${shape}`);
    end = to;
  }
  if (end !== dataLength) throw new Error('the file has bytes that belong to no tensor');

  const tensors = new Map<string, TensorValue>();
  for (const {
    name,
    shape,
    data_offsets: [from, to],
  } of entries) {
    const data = new Float32Array((to - from) / 4);
    new Uint8Array(data.buffer).set(bytes.subarray(dataStart + from, dataStart + to));
    tensors.set(name, { shape, data });
  }
  return { tensors, metadata: metadataSchema.parse(header.__metadata__ ?? {}) };
}

function elementCount(shape: readonly number[]): number {
  let count = 1;
  for (const dim of shape) {
    count *= dim;
    if (count > MAX_ELEMENTS) throw new Error(`a tensor of shape ${shape} is too large`);
  }
  return count;
}
