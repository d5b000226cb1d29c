import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forgetFailure, recallFailure, rememberFailure } from './remember.mjs';
import { runProgram } from './runProgram.mjs';

const day = 24 * 60 * 60 * 1000;
const downloadTimeout = 180_000;

/**
 * Why no window can be opened here, or null where one can.
 * @param {{ platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>, isRoot: boolean }} machine
 */
export function whyNoWindow({ platform, env, isRoot }) {
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display';
  if (platform !== 'linux' && env.SSH_CONNECTION !== undefined) return 'this is a remote shell';
  if (isRoot) return 'Electron keeps its sandbox and does not run as root';
  return null;
}

/**
 * Electron's program, downloaded by Electron's own installer where it is missing. A failed download
 * is not tried again for a day.
 * @param {string} projectRoot
 * @returns {Promise<{ ok: true, path: string } | { ok: false, reason: string }>}
 */
export async function findElectron(projectRoot) {
  const present = electronPath(projectRoot);
  if (present !== null) return { ok: true, path: present };
  const note = join(projectRoot, '.cache', 'electron-unavailable.json');
  if (recallFailure(note, { maxAge: day }) !== null) {
    return { ok: false, reason: 'its program could not be downloaded earlier today' };
  }
  console.log('  Electron: downloading its program (about 120 MB)');
  const installer = join(projectRoot, 'node_modules', 'electron', 'install.js');
  const result = await runProgram([process.execPath, installer], { timeout: downloadTimeout });
  const path = electronPath(projectRoot);
  if (path !== null) {
    forgetFailure(note);
    return { ok: true, path };
  }
  const said = result.output.split('\n').find((line) => /error/i.test(line)) ?? 'it gave no reason';
  const reason = result.timedOut ? `no answer within ${downloadTimeout / 1000} s` : said.trim();
  rememberFailure(note, { reason });
  return { ok: false, reason: `its program could not be downloaded: ${reason}` };
}

/** @param {string} projectRoot */
function electronPath(projectRoot) {
  const folder = join(projectRoot, 'node_modules', 'electron');
  const named = join(folder, 'path.txt');
  if (!existsSync(named)) return null;
  const path = join(folder, 'dist', readFileSync(named, 'utf8').trim());
  return existsSync(path) ? path : null;
}
