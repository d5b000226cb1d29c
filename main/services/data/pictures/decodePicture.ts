import { inflateSync } from 'node:zlib';
import { convertIndexedToRgb, decode as decodePng } from 'fast-png';
import { decodeJpeg } from './jpegDecoder.ts';
import { PictureError } from './pictureError.ts';
import { bytesInMemory, type PictureHeader, parsePictureHeader } from './pictureHeader.ts';

/** Pixels as they are stored, row after row: 1 or 3 bytes each. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
  /** EXIF's, 1 to 8, not applied yet. */
  readonly orientation: number;
}

const MEGA = 2 ** 20;
/** Scans of a JPEG times its pixels: each scan goes over all of them, however few bytes it has. */
const MOST_SCANNED_PIXELS = 2_000_000_000;

/**
 * The pixels of a JPEG or PNG. Its header is judged first, so that a small file cannot ask for much memory.
 * What is transparent lies on white.
 * @throws PictureError
 */
export async function decodePicture(bytes: Uint8Array): Promise<Pixels> {
  const header = await parsePictureHeader(bytesInMemory(bytes));
  try {
    return header.format === 'jpeg' ? await jpegPixels(bytes, header) : pngPixels(bytes, header);
  } catch (error) {
    if (error instanceof PictureError) throw error;
    throw new PictureError('damaged', error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

async function jpegPixels(bytes: Uint8Array, header: PictureHeader): Promise<Pixels> {
  const { width, height, orientation } = header;
  if (countScans(bytes) * width * height > MOST_SCANNED_PIXELS) {
    throw new PictureError('too-large', 'it has too many scans');
  }
  const decoded = await decodeJpeg(bytes);
  // A second frame may be of another size than the one that was judged.
  if (decoded.length !== 4 * width * height) throw new PictureError('damaged', 'it has another size');
  const data = new Uint8Array(3 * width * height);
  for (let from = 0, into = 0; into < data.length; from += 4, into += 3) {
    data[into] = decoded[from] as number;
    data[into + 1] = decoded[from + 1] as number;
    data[into + 2] = decoded[from + 2] as number;
  }
  return { width, height, channels: 3, data, orientation };
}

function countScans(bytes: Uint8Array): number {
  let scans = 0;
  for (let place = bytes.indexOf(0xff); place >= 0; place = bytes.indexOf(0xff, place + 1)) {
    if (bytes[place + 1] === 0xda) scans += 1;
  }
  return scans;
}

function pngPixels(bytes: Uint8Array, { width, height }: PictureHeader): Pixels {
  const { data: file, pixelData } = essentialChunks(bytes);
  requireInflated(pixelData, bytes, width, height);
  const picture = decodePng(file, { checkCrc: true });
  const { depth } = picture;
  // The palette's numbers and those below a byte lie packed, each row from a byte of its own.
  const values = picture.palette
    ? convertIndexedToRgb(picture)
    : depth < 8
      ? unpack(picture.data, { width, height, depth })
      : picture.data;
  const channels = values.length / (width * height);
  const largest = picture.palette ? 255 : 2 ** depth - 1;
  const colours = channels >= 3 ? 3 : 1;
  const data = new Uint8Array(width * height * colours);
  const transparent = picture.palette ? undefined : picture.transparency;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const from = pixel * channels;
    const alpha = alphaOf(values, from, { channels, colours, largest, transparent });
    for (let colour = 0; colour < colours; colour += 1) {
      const value = ((values[from + colour] ?? 0) / largest) * 255;
      data[pixel * colours + colour] = Math.round(value * alpha + 255 * (1 - alpha));
    }
  }
  return { width, height, channels: colours, data, orientation: 1 };
}

interface Alpha {
  readonly channels: number;
  readonly colours: number;
  readonly largest: number;
  /** The one colour that counts as transparent. */
  readonly transparent: ArrayLike<number> | undefined;
}

function alphaOf(values: ArrayLike<number>, from: number, alpha: Alpha): number {
  const { channels, colours, largest, transparent } = alpha;
  if (channels > colours) return (values[from + colours] ?? 0) / largest;
  if (!transparent || transparent.length < colours) return 1;
  for (let colour = 0; colour < colours; colour += 1) {
    if (values[from + colour] !== transparent[colour]) return 1;
  }
  return 0;
}

function unpack(
  packed: ArrayLike<number>,
  { width, height, depth }: { width: number; height: number; depth: number },
): Uint8Array {
  const rowBytes = Math.ceil((width * depth) / 8);
  const values = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const bit = column * depth;
      const byte = packed[row * rowBytes + (bit >> 3)] ?? 0;
      values[row * width + column] = (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
    }
  }
  return values;
}

const essential = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

/** The chunks that make the pixels; others (profiles, texts, frames of films) may unfold to any size. */
function essentialChunks(bytes: Uint8Array): { data: Uint8Array; pixelData: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  const pixelData: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) throw new PictureError('cut-off');
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (essential.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IDAT') pixelData.push(bytes.subarray(at + 8, end - 4));
    if (type === 'IEND') return { data: joined(kept), pixelData: joined(pixelData) };
    at = end;
  }
  throw new PictureError('cut-off');
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Channels of a pixel by PNG's colour type. */
const pngChannels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Unfolds the pixels with a limit, which the decoder lacks: no more than its header says may come out. */
function requireInflated(pixelData: Uint8Array, bytes: Uint8Array, width: number, height: number): void {
  const depth = bytes[24] ?? 8;
  const channels = pngChannels[bytes[25] ?? -1];
  if (channels === undefined) throw new PictureError('unsupported');
  const rowBytes = Math.ceil((width * channels * depth) / 8) + 1;
  // Seven passes of an interlaced picture begin rows of their own.
  const rows = bytes[28] === 1 ? 2 * height + 7 * 8 : height;
  const most = rowBytes * rows + 7 * width;
  if (most > 480 * MEGA) throw new PictureError('too-large');
  const found = inflateSync(pixelData, { maxOutputLength: most + 1 });
  if (found.length > most) throw new PictureError('damaged', 'more pixels unfold than the header says');
  const least = Math.floor((width * height * channels * depth) / 8);
  if (found.length < least) throw new PictureError('cut-off');
}
