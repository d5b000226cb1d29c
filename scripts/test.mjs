import { requireSupportedNode } from './nodeVersion.mjs';

requireSupportedNode();
const { prepare, projectRoot } = await import('./prepare.mjs');
const { addCounts, countsLine, noCounts } = await import('./testCounts.mjs');

/** @typedef {import('./testCounts.mjs').Counts} Counts */

/** `npm test`, or one kind of test that takes more time or more programs than everybody has. */
const only = process.argv[2];

console.log('Set-up');
const startedSetUp = performance.now();
if (!(await prepare({ retryRuntime: true }))) finish({ passed: 0, failed: 1, skipped: 0 });

tookSince(startedSetUp, 'Set-up');

const { runPlaywright, runVitest } = await import('./runTests.mjs');
let counts = noCounts();

if (only !== undefined) {
  counts = (await runVitest(projectRoot, [only], { show: true })).counts;
} else {
  const { findChromium } = await import('./chromium.mjs');
  const chromium = await findChromium(projectRoot);
  const env = chromium === null ? process.env : { ...process.env, NEUROLOOM_CHROMIUM: chromium };
  console.log('\nCheck');
  const { runChecks } = await import('./checkSteps.mjs');
  const startedCheck = performance.now();
  counts = addCounts(counts, await runChecks());
  tookSince(startedCheck, 'Check');
  console.log('\nGolden, engine, security and fault tests');
  const startedEngine = performance.now();
  const projects = ['golden', 'engine', 'security', 'faults'];
  counts = addCounts(counts, (await runVitest(projectRoot, projects, { show: true, env })).counts);
  tookSince(startedEngine, 'Golden, engine, security and fault tests');
  console.log('\nEnd to end');
  const startedPages = performance.now();
  const { build } = await import('./build.mjs');
  await build({ targets: ['gallery'] });
  if (chromium === null) counts = addCounts(counts, { passed: 0, failed: 1, skipped: 0 });
  else counts = addCounts(counts, (await runPlaywright(projectRoot, env)).counts);
  tookSince(startedPages, 'End to end');
}
finish(counts);

/**
 * @param {number} started
 * @param {string} part
 */
function tookSince(started, part) {
  console.log(`  ${part}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

/** @param {Counts} all */
function finish(all) {
  console.log(countsLine(all));
  process.exit(all.failed === 0 ? 0 : 1);
}
