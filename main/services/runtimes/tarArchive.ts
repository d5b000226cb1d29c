import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { createGunzip } from 'node:zlib';
import { PackFailure } from './packFailure.ts';
import { isUnsafeName } from './zip.mjs';

export interface UnpackLimits {
  readonly entries: number;
  readonly bytes: number;
}

export interface UnpackOptions {
  readonly folder: string;
  readonly limits: UnpackLimits;
  readonly signal: AbortSignal;
  /** Asked before a file of that size is written; throws where there is no room for it. */
  reserve(bytes: number): Promise<void>;
  /** Bytes of the archive that have been read. */
  onProgress(done: number): void;
}

const BLOCK = 512;
/** Long names and extended headers are small; more is an attack on the memory. */
const LONGEST_HEADER = 64 * 1024;

/**
 * Unpacks a .tar.gz (ustar, with pax and GNU long names) into a new folder. Refuses, before a byte is
 * written: names that climb out of the folder or are absolute, links, devices, duplicates, and whatever
 * passes the limits. Throws PackFailure `archive-refused`.
 */
export async function unpackTarGz(archive: string, options: UnpackOptions): Promise<void> {
  const { folder, limits, signal, reserve, onProgress } = options;
  const source = createReadStream(archive, { highWaterMark: 1 << 20, signal });
  const gunzip = createGunzip({ chunkSize: 1 << 20 });
  source.on('error', (error) => gunzip.destroy(error));
  const reader = new BlockReader(source.pipe(gunzip));
  const seen = new Set<string>();
  let total = 0;
  let longName: string | undefined;
  let pax: ReadonlyMap<string, string> = new Map();
  try {
    for (;;) {
      const header = await reader.take(BLOCK);
      if (header === null || header.every((byte) => byte === 0)) break;
      const entry = readHeader(header);
      const size = pax.has('size') ? Number(pax.get('size')) : entry.size;
      if (!Number.isSafeInteger(size) || size < 0) throw refused('an entry without a size');
      if (entry.type === 'L' || entry.type === 'x' || entry.type === 'g') {
        if (size > LONGEST_HEADER) throw refused('a header that is too long');
        const text = (await reader.takeWhole(size)).toString('utf8');
        if (entry.type === 'L') longName = text.replace(/\0[\s\S]*$/, '');
        else if (entry.type === 'x') pax = readPax(text);
        continue;
      }
      const name = (pax.get('path') ?? longName ?? entry.name).replace(/^(\.\/)+/, '').replace(/\/$/, '');
      longName = undefined;
      pax = new Map();
      if (entry.type === '5') {
        if (size !== 0) throw refused('a folder with contents of its own');
        continue;
      }
      if (entry.type !== '0') throw refused(`${name} is a link or a device`);
      if (isUnsafeName(name)) throw refused(`unsafe name ${JSON.stringify(name)}`);
      if (seen.has(name.toLowerCase())) throw refused(`${name} occurs twice`);
      seen.add(name.toLowerCase());
      total += size;
      if (seen.size > limits.entries) throw refused(`more than ${limits.entries} files`);
      if (total > limits.bytes) throw refused(`it unpacks to more than ${limits.bytes} bytes`);
      await reserve(size);
      const path = resolve(folder, name);
      if (!path.startsWith(resolve(folder) + sep)) throw refused(`unsafe name ${JSON.stringify(name)}`);
      await mkdir(dirname(path), { recursive: true });
      await reader.write(size, path, entry.mode);
      onProgress(source.bytesRead);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw refused('it is damaged or cut short');
    }
    throw error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

const refused = (why: string): PackFailure => new PackFailure('archive-refused', { why });

interface Header {
  readonly name: string;
  readonly size: number;
  readonly mode: number;
  /** `0` for a file, whatever the archive calls it. */
  readonly type: string;
}

function readHeader(block: Buffer): Header {
  const text = (from: number, length: number) => {
    const field = block.toString('utf8', from, from + length);
    const end = field.indexOf('\0');
    return end < 0 ? field : field.slice(0, end);
  };
  const octal = (from: number, length: number) => Number.parseInt(text(from, length).trim() || '0', 8);
  let sum = 0;
  // The checksum counts its own field as blanks.
  for (let at = 0; at < BLOCK; at += 1) sum += at >= 148 && at < 156 ? 32 : (block[at] ?? 0);
  if (sum !== octal(148, 8)) throw refused('it is damaged or no tar archive');
  const prefix = text(257, 5) === 'ustar' ? text(345, 155) : '';
  const type = text(156, 1);
  // Sizes from 8 GiB on are written in binary.
  const first = block[124] ?? 0;
  const size = (first & 0x80) === 0 ? octal(124, 12) : Number(block.readBigUInt64BE(128));
  return {
    name: prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`,
    size,
    mode: octal(100, 8),
    type: type === '' || type === '7' ? '0' : type,
  };
}

/** `25 path=long/name/of/a/file\n`… */
function readPax(text: string): Map<string, string> {
  const records = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^\d+ ([^=]+)=(.*)$/.exec(line);
    if (match?.[1] !== undefined) records.set(match[1], match[2] ?? '');
  }
  return records;
}

/** Cuts a stream into pieces of asked-for sizes; what a file holds never lies in memory as a whole. */
class BlockReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** Null at the end; throws where it comes in the middle. */
  async take(bytes: number): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    let missing = bytes;
    while (missing > 0) {
      const part = await this.#next(missing);
      if (part === null) {
        if (missing === bytes) return null;
        throw refused('it is damaged or cut short');
      }
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts);
  }

  /** The contents of a small entry, with the padding to whole blocks taken off. */
  async takeWhole(bytes: number): Promise<Buffer> {
    const padded = await this.take(padding(bytes) + bytes);
    if (padded === null) {
      if (bytes === 0) return Buffer.alloc(0);
      throw refused('it is damaged or cut short');
    }
    return padded.subarray(0, bytes);
  }

  async write(bytes: number, path: string, mode: number): Promise<void> {
    const out = createWriteStream(path, { flags: 'wx', mode: (mode & 0o111) === 0 ? 0o644 : 0o755 });
    const closed = new Promise<void>((resolveClosed, reject) => {
      out.once('close', resolveClosed);
      out.once('error', reject);
    });
    // Awaited below; until then a failure must not count as unhandled.
    closed.catch(() => undefined);
    try {
      for (let left = bytes; left > 0; ) {
        const part = await this.#next(left);
        if (part === null) throw refused('it is damaged or cut short');
        left -= part.length;
        if (!out.write(part))
          await Promise.race([closed, new Promise<void>((drained) => out.once('drain', () => drained()))]);
      }
    } finally {
      out.end();
    }
    await closed;
    await this.take(padding(bytes));
  }

  /** At most `most` bytes, as they come. */
  async #next(most: number): Promise<Buffer | null> {
    if (this.#rest.length === 0) {
      const { done, value } = await this.#chunks.next();
      if (done) return null;
      this.#rest = value;
    }
    const part = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(part.length);
    return part;
  }
}

const padding = (bytes: number): number => (BLOCK - (bytes % BLOCK)) % BLOCK;
