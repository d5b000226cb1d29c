import { build } from './build.mjs';

/**
 * Vitest's global set-up for projects that start the built engine or hosts: they test the bundles
 * of the sources as they are now.
 */
export async function setup() {
  await build({ log: () => {} });
}
