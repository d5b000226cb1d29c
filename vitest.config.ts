import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { softwareVulkanEnvironment } from './scripts/softwareVulkan.mjs';

/** Takes minutes: hundreds of kills, seeds, trainings. Run by `npm run test:long`. */
const long = '**/*.long.test.ts';

/**
 * One project per kind of test, named after its folder under tests/. Projects that start the
 * engine process run their files one after the other: two trainings at once only slow each other.
 */
export default defineConfig({
  cacheDir: '.cache/vitest',
  plugins: [wasmAsBytes()],
  test: {
    server: { deps: { inline: [/\.wasm$/] } },
    environment: 'node',
    pool: 'forks',
    projects: [
      quick('unit'),
      withCard(quick('conformance'), 60_000),
      quick('golden'),
      withCard(withEngine('engine'), 120_000),
      withEngine('security'),
      withEngine('faults'),
      { ...withEngine('parity'), test: { ...withEngine('parity').test, testTimeout: 900_000 } },
      {
        extends: true,
        test: {
          name: 'long',
          include: [`tests/${long}`],
          globalSetup: ['scripts/buildBeforeTests.mjs'],
          fileParallelism: false,
          testTimeout: 1_800_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});

/** WebAssembly is imported as bytes, as scripts/build.mjs builds it in. */
function wasmAsBytes(): Plugin {
  return {
    name: 'wasm-as-bytes',
    enforce: 'pre',
    load: (id) =>
      id.endsWith('.wasm')
        ? `export default Uint8Array.from(atob('${readFileSync(id, 'base64')}'), (c) => c.charCodeAt(0));`
        : undefined,
  };
}

/** With a graphics card in software where the machine has none, which takes its time. */
function withCard<T extends { test: object }>(project: T, testTimeout: number) {
  return { ...project, test: { ...project.test, testTimeout, env: softwareVulkanEnvironment() } };
}

function quick(name: string) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`tests/${name}/**/*.test.ts`],
      exclude: [long],
      testTimeout: 20_000,
    },
  };
}

function withEngine(name: string) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`tests/${name}/**/*.test.ts`],
      exclude: [long],
      globalSetup: ['scripts/buildBeforeTests.mjs'],
      fileParallelism: false,
      testTimeout: 120_000,
      hookTimeout: 120_000,
    },
  };
}
