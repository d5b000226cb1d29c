import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuildFailure, build } from './build.mjs';
import { installPackages } from './installPackages.mjs';
import { forgetFailure, recallFailure, rememberFailure } from './remember.mjs';
import { hashAddonSources } from './runtimePack/compileAddon.mjs';
import { ensureRuntimePack } from './runtimePack.mjs';

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

const hour = 60 * 60 * 1000;

/**
 * npm packages, native runtime, build: whatever of them is missing or out of date.
 * Without the native runtime everything still works on the next engine of the ladder, so its
 * failure is told and not fatal.
 * @param {{ retryRuntime: boolean }} options whether a runtime that could not be had within the last hour is tried again
 * @returns {Promise<boolean>} whether the app can be started
 */
export async function prepare({ retryRuntime }) {
  const packages = await installPackages(projectRoot);
  if (!packages.ok) {
    console.error(`${packages.reason}\n${packages.advice}`);
    return false;
  }
  if (packages.state === 'present') console.log('  npm packages: present');
  await provideRuntime(retryRuntime);
  try {
    const { built } = await build();
    if (built.length === 0) console.log('  build: up to date');
  } catch (error) {
    if (!(error instanceof BuildFailure)) throw error;
    console.error(error.message);
    return false;
  }
  return true;
}

/** @param {boolean} retry */
async function provideRuntime(retry) {
  const note = join(projectRoot, '.cache', 'native', 'failure.json');
  const key = hashAddonSources(projectRoot);
  const earlier = retry ? null : recallFailure(note, { maxAge: hour, key });
  if (earlier !== null) {
    tellMissing(earlier.reason ?? '', 'It is tried again in an hour, or at once by: npm run setup');
    return;
  }
  const result = await ensureRuntimePack({ projectRoot });
  if (result.ok) {
    forgetFailure(note);
    console.log(`  native runtime: ${result.state}`);
    return;
  }
  rememberFailure(note, { key, reason: result.reason, advice: result.advice });
  tellMissing(result.reason, result.advice);
}

/**
 * @param {string} reason
 * @param {string} advice
 */
function tellMissing(reason, advice) {
  console.log(`  native runtime: not available. ${reason}`);
  console.log(`    ${advice}`);
  console.log('    Training works meanwhile on the next engine of the ladder, which is slower.');
}
