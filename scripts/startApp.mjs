import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findElectron, whyNoWindow } from './electronBinary.mjs';
import { prepare, projectRoot } from './prepare.mjs';
import { whenParentEnds } from './whenParentEnds.mjs';

const browserFlag = '--browser';

/**
 * Sets up what is missing and opens the app: in Electron where it can be had and there is a
 * display, else in browser mode.
 * @param {readonly string[]} args `--browser` forces browser mode; the rest goes to the app
 * @returns {Promise<number>} the app's exit code
 */
export async function start(args) {
  console.log('Neuroloom');
  if (!(await prepare({ retryRuntime: false }))) return 1;
  const passed = args.filter((argument) => argument !== browserFlag);
  const electron = args.includes(browserFlag)
    ? { ok: /** @type {const} */ (false), reason: 'as asked' }
    : await electronHere();
  if (electron.ok) return run(electron.path, [projectRoot, ...passed]);
  console.log(`  browser mode (${electron.reason}); open this address:`);
  return run(process.execPath, [join(projectRoot, 'dist/cli/neuroloom.cjs'), 'serve', ...passed]);
}

async function electronHere() {
  const reason = whyNoWindow({
    platform: process.platform,
    env: process.env,
    isRoot: process.getuid?.() === 0,
  });
  if (reason !== null) return { ok: /** @type {const} */ (false), reason };
  return findElectron(projectRoot);
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
function run(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: 'inherit',
      // The engine is a plain Node process also under Electron.
      env: { ...process.env, NEUROLOOM_NODE: process.execPath },
    });
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => child.kill(signal));
    }
    // Started by hand in the background it outlives its terminal; under npm it goes with npm.
    if (process.env.npm_lifecycle_event !== undefined) whenParentEnds(() => child.kill('SIGTERM'));
    child.once('error', (error) => {
      console.error(`The app could not be started: ${error.message}`);
      resolve(1);
    });
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
