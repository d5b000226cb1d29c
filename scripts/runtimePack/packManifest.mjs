import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { libraryVersion } from './packSources.mjs';

/**
 * @typedef {object} PackManifest
 * @property {string} id
 * @property {string} libraryVersion
 * @property {string} platform
 * @property {string} arch
 * @property {string} addonSourceHash
 * @property {Record<string, string>} files path in the pack → SHA-256
 */

/**
 * @param {string} packFolder
 * @param {{ id: import('./packSources.mjs').PackId, addonSourceHash: string, files: Record<string, string> }} content
 */
export function writeManifest(packFolder, { id, addonSourceHash, files }) {
  /** @type {PackManifest} */
  const manifest = {
    id,
    libraryVersion,
    platform: process.platform,
    arch: process.arch,
    addonSourceHash,
    files: Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  writeFileSync(join(packFolder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, { flag: 'wx' });
}

/**
 * @param {string} packFolder
 * @param {import('./packSources.mjs').PackId} id
 * @returns {PackManifest | null} null where there is none that fits this machine
 */
export function readManifest(packFolder, id) {
  const path = join(packFolder, 'manifest.json');
  if (!existsSync(path)) return null;
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8'));
    const fits =
      manifest.id === id &&
      manifest.libraryVersion === libraryVersion &&
      manifest.platform === process.platform &&
      manifest.arch === process.arch &&
      typeof manifest.files === 'object';
    return fits ? manifest : null;
  } catch {
    return null;
  }
}

/**
 * Whether every file of the pack has the hash of its manifest. Hashing 850 MB takes seconds, so
 * size and time of change of files that were found right are kept in `stampFile`, and only what
 * differs from it is hashed again.
 * @param {string} packFolder
 * @param {PackManifest} manifest
 * @param {string} stampFile
 * @returns {Promise<string | null>} the first file that is wrong
 */
export async function findDamage(packFolder, manifest, stampFile) {
  const known = readStamp(stampFile);
  /** @type {Record<string, string>} */
  const stamp = {};
  for (const [path, expected] of Object.entries(manifest.files)) {
    const status = statSync(join(packFolder, path), { throwIfNoEntry: false });
    if (status === undefined) return path;
    const state = `${expected} ${status.size} ${status.mtimeMs}`;
    if (known[path] !== state && (await hashLargeFile(join(packFolder, path))) !== expected) return path;
    stamp[path] = state;
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, JSON.stringify(stamp));
  return null;
}

/** @param {string} stampFile */
function readStamp(stampFile) {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

/** @param {string} path */
export async function hashLargeFile(path) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}
