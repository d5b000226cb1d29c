import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { forgetFailure, recallFailure, rememberFailure } from './remember.mjs';
import { packageProgram, runProgram } from './runProgram.mjs';

const day = 24 * 60 * 60 * 1000;
const downloadTimeout = 120_000;
const packageTimeout = 300_000;

const installedNames = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
  ],
};

/**
 * A Chromium for the tests: the one named by NEUROLOOM_CHROMIUM, Playwright's own (downloaded if it
 * can be), one on the machine, or, as root on a Debian-like system, the package manager's.
 * @param {string} projectRoot
 * @returns {Promise<string | null>} path of its program; null with the advice printed
 */
export async function findChromium(projectRoot) {
  const named = process.env.NEUROLOOM_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (runs(named)) return named;
    console.error(`  Chromium: NEUROLOOM_CHROMIUM=${named} does not run`);
    return null;
  }
  const found = (await playwrightsOwn(projectRoot)) ?? onMachine() ?? (await fromPackageManager());
  if (found === null) {
    console.error(
      '  Chromium: none found. Install Chromium or Chrome, or set NEUROLOOM_CHROMIUM to its program.',
    );
    return null;
  }
  console.log(`  Chromium: ${found}`);
  return found;
}

/** @param {string} projectRoot */
async function playwrightsOwn(projectRoot) {
  const require = createRequire(join(projectRoot, 'package.json'));
  const path = require('@playwright/test').chromium.executablePath();
  if (existsSync(path) && runs(path)) return path;
  const note = join(projectRoot, '.cache', 'chromium-unavailable.json');
  if (recallFailure(note, { maxAge: day }) !== null) return null;
  console.log("  Chromium: downloading Playwright's own (about 170 MB)");
  const command = [...packageProgram(projectRoot, '@playwright/test', 'playwright'), 'install', 'chromium'];
  const result = await runProgram(command, {
    timeout: downloadTimeout,
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' },
  });
  if (result.code === 0 && existsSync(path) && runs(path)) {
    forgetFailure(note);
    return path;
  }
  rememberFailure(note, { reason: result.timedOut ? 'timed out' : result.output.slice(-500) });
  console.log('  Chromium: the download did not succeed; looking on the machine');
  return null;
}

function onMachine() {
  const names = installedNames[/** @type {keyof typeof installedNames} */ (process.platform)] ?? [];
  for (const name of names) {
    const path = name.includes('/') || name.includes('\\') ? name : onPath(name);
    if (path !== null && existsSync(path) && runs(path)) return path;
  }
  return null;
}

async function fromPackageManager() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || onPath('apt-get') === null) return null;
  console.log('  Chromium: installing the system package');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runProgram(['apt-get', 'update', '-q'], { timeout: packageTimeout, env });
  await runProgram(['apt-get', 'install', '-y', '-q', 'chromium'], { timeout: packageTimeout, env });
  return onMachine();
}

/** @param {string} name */
function onPath(name) {
  const { status, stdout } = spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/** @param {string} path */
function runs(path) {
  // Chrome for Windows opens a window for --version; that the file is there has to do.
  if (process.platform === 'win32') return existsSync(path);
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}
