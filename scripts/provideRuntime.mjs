import { join } from 'node:path';
import { forgetFailure, recallFailure, rememberFailure } from './remember.mjs';
import { hashAddonSources } from './runtimePack/compileAddon.mjs';
import { ensureRuntimePack } from './runtimePack.mjs';

const hour = 60 * 60 * 1000;

/**
 * The native runtime where it can be had; else says why not, what to do, and that training goes on
 * without it. Never throws for what is expected: no network, no Python, no compiler, a full disk.
 * @param {{ projectRoot: string, retry: boolean, build?: typeof ensureRuntimePack, log?: (line: string) => void }} options
 *   `retry`: also where it could not be had within the last hour
 */
export async function provideRuntime({ projectRoot, retry, build = ensureRuntimePack, log = console.log }) {
  const note = join(projectRoot, '.cache', 'native', 'failure.json');
  const key = hashAddonSources(projectRoot);
  const earlier = retry ? null : recallFailure(note, { maxAge: hour, key });
  if (earlier !== null) {
    tellMissing(log, earlier.reason ?? '', 'It is tried again in an hour, or at once by: npm run setup');
    return;
  }
  const result = await build({ projectRoot });
  if (result.ok) {
    forgetFailure(note);
    log(`  native runtime: ${result.state}`);
    return;
  }
  rememberFailure(note, { key, reason: result.reason, advice: result.advice });
  tellMissing(log, result.reason, result.advice);
}

/**
 * @param {(line: string) => void} log
 * @param {string} reason
 * @param {string} advice
 */
function tellMissing(log, reason, advice) {
  log(`  native runtime: not available. ${reason}`);
  log(`    ${advice}`);
  log('    Training works meanwhile on the next engine of the ladder, which is slower.');
}
