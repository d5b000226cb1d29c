import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuildFailure, build } from './build.mjs';
import { installPackages } from './installPackages.mjs';
import { provideRuntime } from './provideRuntime.mjs';

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

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
  await provideRuntime({ projectRoot, retry: retryRuntime });
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
