/**
 * A graph inside a picture of it: in an SVG's `<metadata>`, in a PNG's `iTXt` chunk. Reading looks at sizes
 * before it takes memory and believes nothing of what the file says of itself.
 */
const KEYWORD = 'neuroloom';
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Length, type and checksum of a chunk. */
const CHUNK_FRAME = 12;
/** More chunks than any picture has. */
const MAX_CHUNKS = 100_000;

export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, at) => bytes[at] === byte);

/** A photograph, in which no graph of ours ever is. */
export const isJpeg = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const typeOf = (bytes: Uint8Array, at: number): string =>
  String.fromCharCode(...bytes.subarray(at + 4, at + 8));

/** Type, and place of the first byte, of each chunk that is whole. */
function* chunksOf(bytes: Uint8Array): Generator<{ type: string; at: number; length: number }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = SIGNATURE.length;
  for (let count = 0; count < MAX_CHUNKS && at + CHUNK_FRAME <= bytes.length; count++) {
    const length = view.getUint32(at);
    if (length > bytes.length - at - CHUNK_FRAME) return;
    yield { type: typeOf(bytes, at), at, length };
    at += CHUNK_FRAME + length;
  }
}

/** The same picture with a graph's text in it. */
export function putIntoPng(png: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  const end = [...chunksOf(png)].find(({ type }) => type === 'IEND')?.at ?? png.length;
  // Keyword, end of it, not compressed, language and translated keyword left empty.
  const head = new TextEncoder().encode(`iTXt${KEYWORD}\0\0\0\0\0`);
  const body = new TextEncoder().encode(text);
  const chunk = new Uint8Array(8 + head.length - 4 + body.length + 4);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, head.length - 4 + body.length);
  chunk.set(head, 4);
  chunk.set(body, 4 + head.length);
  view.setUint32(chunk.length - 4, crc32(chunk.subarray(4, chunk.length - 4)));
  const whole = new Uint8Array(png.length + chunk.length);
  whole.set(png.subarray(0, end));
  whole.set(chunk, end);
  whole.set(png.subarray(end), end + chunk.length);
  return whole;
}

/** The graph's text in a PNG; null where there is none, or where it was damaged. */
export function takeFromPng(png: Uint8Array): string | null {
  const head = new TextEncoder().encode(`${KEYWORD}\0\0\0\0\0`);
  for (const { type, at, length } of chunksOf(png)) {
    if (type !== 'iTXt') continue;
    const data = png.subarray(at + 8, at + 8 + length);
    if (length < head.length || !head.every((byte, index) => data[index] === byte)) continue;
    const view = new DataView(png.buffer, png.byteOffset + at + 8 + length, 4);
    if (view.getUint32(0) !== crc32(png.subarray(at + 4, at + 8 + length))) continue;
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(data.subarray(head.length));
    } catch {
      return null;
    }
  }
  return null;
}

const OPEN = `<metadata id="${KEYWORD}-graph">`;
const CLOSE = '</metadata>';

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** What stands in an SVG for a graph's text. */
export const svgMetadata = (text: string): string => `${OPEN}${escapeXml(text)}${CLOSE}`;

/** The graph's text in an SVG; null where there is none. */
export function takeFromSvg(svg: string): string | null {
  const start = svg.indexOf(OPEN);
  const end = start < 0 ? -1 : svg.indexOf(CLOSE, start);
  if (end < 0) return null;
  return svg
    .slice(start + OPEN.length, end)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
