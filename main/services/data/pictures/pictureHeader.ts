import { type FileHandle, open } from 'node:fs/promises';
import { PictureError } from './pictureError.ts';

/** What a picture says of itself before any of it is decoded. */
export interface PictureHeader {
  readonly format: 'jpeg' | 'png';
  /** As it is stored: `orientation` may turn it. */
  readonly width: number;
  readonly height: number;
  /** EXIF's, 1 to 8; 5 to 8 change width and height. */
  readonly orientation: number;
}

/** 52 million pixels are a photograph of the largest common sensors; decoded they take some 600 MB. */
export const MOST_PIXELS = 52_000_000;
const LONGEST_SIDE = 30_000;
/** Headers before the picture's size: EXIF, colour profiles, previews. */
const LONGEST_HEADER = 32 * 2 ** 20;
const PIECE = 16 * 1024;

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Bytes of a picture by their place, wherever they are. */
export interface PictureBytes {
  readonly length: number;
  /** Up to `length` bytes; fewer at the end. */
  read(position: number, length: number): Promise<Uint8Array>;
}

/** The header of a picture's file, of which only a few pieces are read. */
export async function readPictureHeader(path: string): Promise<PictureHeader> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    throw new PictureError('not-permitted', 'the file cannot be opened', { cause: error });
  }
  try {
    const { size } = await file.stat();
    return await parsePictureHeader({
      length: size,
      async read(position, length) {
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - position)));
        const { bytesRead } = await file.read(bytes, 0, bytes.length, position);
        return bytes.subarray(0, bytesRead);
      },
    });
  } catch (error) {
    if (error instanceof PictureError) throw error;
    throw new PictureError('not-permitted', 'the file cannot be read', { cause: error });
  } finally {
    await file.close();
  }
}

export const bytesInMemory = (bytes: Uint8Array): PictureBytes => ({
  length: bytes.length,
  read: async (position, length) => bytes.subarray(position, position + length),
});

/** @throws PictureError for what is no picture, or one that is not read. */
export async function parsePictureHeader(bytes: PictureBytes): Promise<PictureHeader> {
  if (bytes.length === 0) throw new PictureError('empty');
  const start = await bytes.read(0, PIECE);
  const isPng = pngSignature.every((byte, index) => start[index] === byte);
  if (!isPng && !(start[0] === 0xff && start[1] === 0xd8 && start[2] === 0xff)) {
    throw new PictureError('no-picture');
  }
  const header = isPng ? pngHeader(start) : await jpegHeader(bytes, start);
  const { width, height } = header;
  if (width < 1 || height < 1) throw new PictureError('damaged', 'it has no size');
  if (width > LONGEST_SIDE || height > LONGEST_SIDE || width * height > MOST_PIXELS) {
    throw new PictureError('too-large', `it has ${width}×${height} pixels`);
  }
  await requireEnd(bytes, isPng);
  return header;
}

function pngHeader(start: Uint8Array): PictureHeader {
  if (start.length < 33) throw new PictureError('cut-off');
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  if (view.getUint32(12) !== 0x49484452) throw new PictureError('damaged', 'it does not begin with IHDR');
  return { format: 'png', width: view.getUint32(16), height: view.getUint32(20), orientation: 1 };
}

/** Goes from marker to marker (ITU-T T.81, annex B) up to the frame, whose header has the size. */
async function jpegHeader(bytes: PictureBytes, start: Uint8Array): Promise<PictureHeader> {
  let orientation = 1;
  let piece = start;
  let pieceAt = 0;
  const at = async (position: number, length: number): Promise<Uint8Array> => {
    if (position < pieceAt || position + length > pieceAt + piece.length) {
      piece = await bytes.read(position, Math.max(PIECE, length));
      pieceAt = position;
    }
    const found = piece.subarray(position - pieceAt, position - pieceAt + length);
    if (found.length < length) throw new PictureError('cut-off');
    return found;
  };
  for (let position = 2; position < LONGEST_HEADER; ) {
    const [first = 0, marker = 0] = await at(position, 2);
    if (first !== 0xff) throw new PictureError('damaged', 'a marker is missing');
    // Any number of fill bytes may stand before a marker.
    if (marker === 0xff) {
      position += 1;
      continue;
    }
    const [high = 0, low = 0] = await at(position + 2, 2);
    const length = high * 256 + low;
    if (length < 2) throw new PictureError('damaged', 'a segment has no length');
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const frame = await at(position + 4, 6);
      const colours = frame[5];
      // Baseline, extended and progressive with Huffman codes, eight bits a colour; no colours of ink.
      if (marker > 0xc2 || frame[0] !== 8 || (colours !== 1 && colours !== 3))
        throw new PictureError('unsupported');
      const height = (frame[1] ?? 0) * 256 + (frame[2] ?? 0);
      const width = (frame[3] ?? 0) * 256 + (frame[4] ?? 0);
      return { format: 'jpeg', width, height, orientation };
    }
    if (marker === 0xda || marker === 0xd9) break;
    if (marker === 0xe1) orientation = exifOrientation(await at(position + 4, length - 2)) ?? orientation;
    position += 2 + length;
  }
  throw new PictureError('damaged', 'no frame was found');
}

/** Tag 0x0112 of the first directory of EXIF's TIFF part. */
function exifOrientation(segment: Uint8Array): number | undefined {
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength);
  // "Exif", two zeros, then the byte order.
  if (segment.length < 14 || view.getUint32(0) !== 0x45786966) return undefined;
  const little = view.getUint16(6) === 0x4949;
  const directory = 6 + view.getUint32(10, little);
  if (directory + 2 > segment.length) return undefined;
  const entries = view.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry += 1) {
    const place = directory + 2 + 12 * entry;
    if (place + 12 > segment.length) return undefined;
    if (view.getUint16(place, little) !== 0x0112) continue;
    const value = view.getUint16(place + 8, little);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** Where a file that was copied halfway lacks its end, it says so before anything is trained. */
async function requireEnd(bytes: PictureBytes, isPng: boolean): Promise<void> {
  const tail = await bytes.read(Math.max(0, bytes.length - PIECE), PIECE);
  const [first, second] = isPng ? [0x49, 0x45] : [0xff, 0xd9];
  for (let place = tail.length - 2; place >= 0; place -= 1) {
    if (tail[place] === first && tail[place + 1] === second) {
      if (!isPng || (tail[place + 2] === 0x4e && tail[place + 3] === 0x44)) return;
    }
  }
  // Some cameras append a film to a photograph: then its end is anywhere.
  if (!isPng) {
    for (let position = 0; position < bytes.length; position += 2 ** 20) {
      if (hasEnd(await bytes.read(position, 2 ** 20 + 1))) return;
    }
  }
  throw new PictureError('cut-off');
}

function hasEnd(piece: Uint8Array): boolean {
  for (let place = piece.indexOf(0xff); place >= 0; place = piece.indexOf(0xff, place + 1)) {
    if (piece[place + 1] === 0xd9) return true;
  }
  return false;
}
