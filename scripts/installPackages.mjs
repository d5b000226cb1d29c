import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFile } from './fingerprint.mjs';
import { createProgress } from './progress.mjs';
import { npmCommand, runProgram } from './runProgram.mjs';

/**
 * Installs the npm packages from the lockfile where they are missing or the lockfile has changed.
 * @param {string} projectRoot
 * @returns {Promise<{ ok: true, state: 'present' | 'installed' } | { ok: false, reason: string, advice: string }>}
 */
export async function installPackages(projectRoot) {
  const stamp = join(projectRoot, 'node_modules', '.neuroloom-lock');
  const wanted = hashFile(join(projectRoot, 'package-lock.json'));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { ok: true, state: 'present' };
  // Somebody ran npm by hand: what it noted tells whether this is what the lockfile asks for.
  if (matchesLockfile(projectRoot)) {
    writeFileSync(stamp, wanted);
    return { ok: true, state: 'present' };
  }
  const progress = createProgress('npm packages');
  const started = performance.now();
  const timer = setInterval(
    () =>
      progress.show(`installing from the lockfile, ${Math.round((performance.now() - started) / 1000)} s`),
    1000,
  );
  progress.show('installing from the lockfile');
  const result = await runProgram(
    [
      ...npmCommand(),
      'ci',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      '--prefer-offline',
    ],
    { cwd: projectRoot },
  );
  clearInterval(timer);
  if (result.code !== 0) {
    const lines = result.output.split('\n').filter((line) => /npm (error|ERR!)/.test(line));
    const reason =
      (lines.length > 0 ? lines.slice(0, 5).join('\n  ') : result.output.trim()) || 'npm gave no reason';
    return {
      ok: false,
      reason: `The npm packages could not be installed:\n  ${reason}`,
      advice:
        'Check the network connection (npm config get registry shows the registry in use) and start again.',
    };
  }
  writeFileSync(stamp, wanted);
  progress.end(`installed in ${Math.round((performance.now() - started) / 1000)} s`);
  return { ok: true, state: 'installed' };
}

/** @param {string} projectRoot */
function matchesLockfile(projectRoot) {
  const installedFile = join(projectRoot, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const present = installed[path];
    // Optional packages are for other platforms.
    if (present === undefined) return entry.optional === true || entry.peer === true;
    return present.version === entry.version && existsSync(join(projectRoot, path, 'package.json'));
  });
}
