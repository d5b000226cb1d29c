import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * SHA-256 of one file's bytes.
 * @param {string} path
 * @returns {string} lower-case hex; `missing` where there is no such file
 */
export function hashFile(path) {
  if (!existsSync(path)) return 'missing';
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/**
 * SHA-256 over names and contents of files and whole folders, independent of the order they are given in.
 * @param {string} root folder that the paths are relative to
 * @param {readonly string[]} paths files or folders; a missing one counts as missing, it is not an error
 * @returns {string} lower-case hex
 */
export function hashPaths(root, paths) {
  const hash = createHash('sha256');
  for (const path of listFiles(root, paths)) hash.update(`${path}\0${hashFile(join(root, path))}\n`);
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {readonly string[]} paths
 * @returns {string[]} every file below, relative to `root`, with forward slashes, sorted
 */
export function listFiles(root, paths) {
  /** @type {string[]} */
  const files = [];
  for (const path of paths) {
    const full = join(root, path);
    if (!existsSync(full) || !statSync(full).isDirectory()) {
      files.push(path);
      continue;
    }
    for (const entry of readdirSync(full, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || entry.name.endsWith('.tsbuildinfo')) continue;
      files.push(
        `${path}/${join(entry.parentPath, entry.name).slice(full.length + 1)}`.replaceAll('\\', '/'),
      );
    }
  }
  return files.sort();
}
