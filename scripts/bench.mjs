import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { requireSupportedNode } from './nodeVersion.mjs';

requireSupportedNode();
const { prepare, projectRoot } = await import('./prepare.mjs');
const { runProgram } = await import('./runProgram.mjs');

if (!(await prepare({ retryRuntime: false }))) process.exit(1);

const folder = join(projectRoot, 'tests', 'bench');
const given = process.argv.slice(2);
const installsPeers = given.includes('--install-peers');
const wanted = given.filter((word) => !word.startsWith('--'));
const files = readdirSync(folder).filter(
  (name) =>
    /\.bench\.ts$/.test(name) && (wanted.length === 0 || wanted.includes(name.replace('.bench.ts', ''))),
);
if (files.length === 0) {
  console.error(`No such bench. There are: ${readdirSync(folder).join(', ')}`);
  process.exitCode = 2;
}
// Only some benches need a browser, and all of them say so themselves where there is none.
const { findChromium } = await import('./chromium.mjs');
const chromium = await findChromium(projectRoot);
if (chromium !== null) process.env.NEUROLOOM_CHROMIUM = chromium;

const { build: bundle } = await import('esbuild');
// With the flag alone the peers are installed and nothing is measured.
const chosen = installsPeers && wanted.length === 0 ? ['peers.bench.ts'] : files;
const options = given.filter((word) => word.startsWith('--'));
if (installsPeers && wanted.length === 0) options.push('--install-only');
for (const file of chosen) {
  const output = join(projectRoot, '.cache', 'bench', file.replace(/\.ts$/, '.cjs'));
  await bundle({
    absWorkingDir: projectRoot,
    entryPoints: [join('tests/bench', file)],
    outfile: output,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: [
      '*.node',
      'electron',
      '@playwright/test',
      'playwright',
      'playwright-core',
      'vite',
      '@vitejs/plugin-react',
      '@tailwindcss/vite',
    ],
    banner: { js: "const neuroloomModuleUrl = require('node:url').pathToFileURL(__filename).href;" },
    define: { 'import.meta.url': 'neuroloomModuleUrl' },
    loader: { '.wasm': 'binary' },
    logLevel: 'warning',
  });
  const { code } = await runProgram([process.execPath, output, ...options], { cwd: projectRoot, show: true });
  if (code !== 0) process.exitCode = 1;
}
