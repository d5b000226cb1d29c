import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';

/**
 * @typedef {{ name: string, method: 0 | 8, crc: number, compressed: number, bytes: number, headerOffset: number }} ZipEntry
 * @typedef {{ entries: number, bytes: number, ratio: number }} ZipLimits
 */

/** What an archive may hold before it is refused as hostile or broken. */
export const defaultLimits = { entries: 50_000, bytes: 4e9, ratio: 200 };

const endSignature = 0x06054b50;
const directorySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endBytes = 22;
const longestComment = 65_535;
/** Of 50,000 entries with long names. */
const longestDirectory = 64 * 2 ** 20;
/** Below this size a high ratio is harmless (a file of blanks). */
const ratioMatters = 1 << 20;

/**
 * Reads and checks a zip's directory (APPNOTE 6.3, without zip64, encryption and multiple disks).
 * Refuses, with a thrown Error that names the entry: links, absolute or climbing names, duplicates,
 * methods other than store and deflate, and whatever passes the limits.
 * @param {string} path
 * @param {ZipLimits} [limits]
 * @returns {Promise<ZipEntry[]>} files only, in the directory's order
 */
export async function readZipDirectory(path, limits = defaultLimits) {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, endBytes + longestComment));
    await file.read(tail, 0, tail.length, size - tail.length);
    const end = findEnd(tail);
    const count = tail.readUInt16LE(end + 10);
    const directoryBytes = tail.readUInt32LE(end + 12);
    const directoryOffset = tail.readUInt32LE(end + 16);
    if (count === 0xffff || directoryOffset === 0xffffffff) throw new Error('zip64 archives are not read');
    if (count > limits.entries) throw new Error(`${count} entries; at most ${limits.entries} are read`);
    if (directoryOffset + directoryBytes > size) throw new Error('the directory lies outside the file');
    if (directoryBytes > longestDirectory) throw new Error('the directory is too long');
    const directory = Buffer.alloc(directoryBytes);
    await file.read(directory, 0, directoryBytes, directoryOffset);
    return checkEntries(parseDirectory(directory, count), directoryOffset, limits);
  } finally {
    await file.close();
  }
}

/** @param {Buffer} tail */
function findEnd(tail) {
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (
      tail.readUInt32LE(at) === endSignature &&
      at + endBytes + tail.readUInt16LE(at + 20) === tail.length
    ) {
      return at;
    }
  }
  throw new Error('not a zip archive, or cut short');
}

/**
 * @param {Buffer} directory
 * @param {number} count
 */
function parseDirectory(directory, count) {
  /** @type {(ZipEntry & { mode: number, flags: number })[]} */
  const entries = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== directorySignature) {
      throw new Error('the directory is damaged');
    }
    const nameBytes = directory.readUInt16LE(at + 28);
    const next = at + 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    if (next > directory.length) throw new Error('the directory is damaged');
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      flags: directory.readUInt16LE(at + 8),
      method: /** @type {0 | 8} */ (directory.readUInt16LE(at + 10)),
      crc: directory.readUInt32LE(at + 16),
      compressed: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      headerOffset: directory.readUInt32LE(at + 42),
    });
    at = next;
  }
  return entries;
}

/**
 * Whether the name of an entry is no plain way down from the folder that it is unpacked in.
 * @param {string} name
 */
export function isUnsafeName(name) {
  return name === '' || /(^|\/)\.\.?(\/|$)|^\/|^[A-Za-z]:|\\|\0|\/\//.test(name);
}

/**
 * @param {(ZipEntry & { mode: number, flags: number })[]} entries
 * @param {number} dataEnd
 * @param {ZipLimits} limits
 */
function checkEntries(entries, dataEnd, limits) {
  const seen = new Set();
  let total = 0;
  let previousEnd = 0;
  for (const entry of entries.toSorted((a, b) => a.headerOffset - b.headerOffset)) {
    const { name } = entry;
    if (isUnsafeName(name)) {
      throw new Error(`unsafe name ${JSON.stringify(name)}`);
    }
    if (seen.has(name.toLowerCase())) throw new Error(`${name} occurs twice`);
    seen.add(name.toLowerCase());
    if ((entry.mode & 0o170000) === 0o120000) throw new Error(`${name} is a link`);
    if ((entry.flags & 1) !== 0) throw new Error(`${name} is encrypted`);
    if (entry.method !== 0 && entry.method !== 8) throw new Error(`${name} uses compression ${entry.method}`);
    if (entry.headerOffset < previousEnd) throw new Error(`${name} overlaps another entry`);
    previousEnd = entry.headerOffset + 30 + entry.compressed;
    if (previousEnd > dataEnd) throw new Error(`${name} lies outside the file`);
    if (entry.bytes > ratioMatters && entry.bytes > entry.compressed * limits.ratio) {
      throw new Error(`${name} unpacks to more than ${limits.ratio} times its size`);
    }
    total += entry.bytes;
    if (total > limits.bytes) throw new Error(`it unpacks to more than ${limits.bytes} bytes`);
  }
  return entries.filter((entry) => !entry.name.endsWith('/'));
}

/**
 * Unpacks one entry to `target` and checks length and CRC.
 * @param {string} archive
 * @param {ZipEntry} entry
 * @param {{ folder: string, name: string, onBytes?: (bytes: number) => void }} target `name` is relative to `folder` and must stay inside
 * @returns {Promise<string>} SHA-256 of what was written, lower-case hex
 */
export async function extractEntry(archive, entry, target) {
  const destination = resolve(target.folder, target.name);
  if (!destination.startsWith(resolve(target.folder) + sep))
    throw new Error(`${target.name} leaves its folder`);
  mkdirSync(dirname(destination), { recursive: true });
  const { meter, result } = createMeter(entry, target.onBytes);
  const out = createWriteStream(destination, { flags: 'wx' });
  if (entry.bytes === 0) {
    await pipeline([Buffer.alloc(0)], out);
  } else {
    const start = await dataOffset(archive, entry);
    const source = createReadStream(archive, {
      start,
      end: start + entry.compressed - 1,
      highWaterMark: 1 << 20,
    });
    const unpack = entry.method === 8 ? createInflateRaw({ chunkSize: 1 << 20 }) : passThrough();
    await pipeline(source, unpack, meter, out);
  }
  return result();
}

/**
 * @param {ZipEntry} entry
 * @param {(bytes: number) => void} [onBytes]
 */
function createMeter(entry, onBytes) {
  const hash = createHash('sha256');
  let crc = 0;
  let bytes = 0;
  const meter = new Transform({
    transform(chunk, _encoding, done) {
      bytes += chunk.length;
      if (bytes > entry.bytes) {
        done(new Error(`${entry.name} is longer than the directory says`));
        return;
      }
      crc = crc32(chunk, crc);
      hash.update(chunk);
      onBytes?.(chunk.length);
      done(null, chunk);
    },
  });
  const result = () => {
    if (bytes !== entry.bytes || crc !== entry.crc) throw new Error(`${entry.name} is damaged`);
    return hash.digest('hex');
  };
  return { meter, result };
}

/**
 * @param {string} archive
 * @param {ZipEntry} entry
 */
async function dataOffset(archive, entry) {
  const file = await open(archive, 'r');
  try {
    const header = Buffer.alloc(30);
    await file.read(header, 0, 30, entry.headerOffset);
    if (header.readUInt32LE(0) !== localSignature) throw new Error(`${entry.name} has no header`);
    return entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await file.close();
  }
}

function passThrough() {
  return new Transform({ transform: (chunk, _encoding, done) => done(null, chunk) });
}
