import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Notes a failure that is not worth retrying at each start (a download without a network).
 * @param {string} path
 * @param {Record<string, string>} detail
 */
export function rememberFailure(path, detail) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ ...detail, at: Date.now() }));
}

/**
 * @param {string} path
 * @param {{ maxAge: number, key?: string }} options `maxAge` in milliseconds; `key`: what the failure depended on
 * @returns {Record<string, string> | null} null where there is none, or it is too old, or what it depended on has changed
 */
export function recallFailure(path, { maxAge, key }) {
  try {
    const noted = JSON.parse(readFileSync(path, 'utf8'));
    const age = Date.now() - noted.at;
    return age >= 0 && age < maxAge && (key === undefined || noted.key === key) ? noted : null;
  } catch {
    return null;
  }
}

/** @param {string} path */
export function forgetFailure(path) {
  rmSync(path, { force: true });
}
