import { build } from './build.mjs';
import { projectRoot } from './prepare.mjs';
import { packageProgram, runProgram } from './runProgram.mjs';
import { runVitest } from './runTests.mjs';
import { addCounts, noCounts } from './testCounts.mjs';

/**
 * @typedef {{ ok: boolean, output: string, counts?: import('./testCounts.mjs').Counts }} StepResult
 * @typedef {{ name: string, run: () => Promise<StepResult> }} Step
 */

/** @type {readonly Step[]} the long ones first, so that two cores end together */
const steps = [
  { name: 'tests: unit and conformance', run: quickTests },
  typesOf('tests'),
  typesOf('renderer'),
  typesOf('main'),
  typesOf('shared'),
  typesOf('scripts'),
  program('unused code', packageProgramLater('knip'), []),
  program('dependency rules', packageProgramLater('dependency-cruiser', 'depcruise'), [
    ...['--config', '.dependency-cruiser.cjs', 'shared', 'main', 'renderer'],
  ]),
  program('lint and format', packageProgramLater('@biomejs/biome', 'biome'), ['check']),
  { name: 'build', run: buildAll },
];

/**
 * Everything that must hold before a commit, two steps at a time.
 * @returns {Promise<import('./testCounts.mjs').Counts>} tests of the unit and conformance projects; every other step that fails adds one failure
 */
export async function runChecks() {
  const waiting = [...steps];
  let counts = noCounts();
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const started = performance.now();
      const { ok, output, counts: counted } = await step.run();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`  ${ok ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)`);
      if (!ok) console.log(output.trimEnd());
      counts = addCounts(counts, counted ?? { passed: 0, failed: ok ? 0 : 1, skipped: 0 });
    }
  };
  await Promise.all([worker(), worker()]);
  return counts;
}

/** @returns {Promise<StepResult>} */
async function quickTests() {
  const { counts, output } = await runVitest(projectRoot, ['unit', 'conformance'], { show: false });
  // Which rungs the nodes were tested on is worth knowing, also where everything passed.
  const rungs = output.split('\n').find((line) => line.startsWith('conformance: '));
  if (rungs !== undefined) console.log(`  ${rungs}`);
  return { ok: counts.failed === 0, output, counts };
}

/** @returns {Promise<StepResult>} */
async function buildAll() {
  try {
    await build({ log: () => {} });
    return { ok: true, output: '' };
  } catch (error) {
    return { ok: false, output: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * @param {string} folder
 * @returns {Step}
 */
function typesOf(folder) {
  return program(`types: ${folder}`, packageProgramLater('typescript', 'tsc'), ['-p', folder]);
}

/**
 * @param {string} name
 * @param {() => string[]} command
 * @param {string[]} args
 * @returns {Step}
 */
function program(name, command, args) {
  return {
    name,
    run: async () => {
      const { code, output } = await runProgram([...command(), ...args], { cwd: projectRoot });
      return { ok: code === 0, output };
    },
  };
}

/**
 * @param {string} packageName
 * @param {string} [binName]
 */
function packageProgramLater(packageName, binName) {
  return () => packageProgram(projectRoot, packageName, binName);
}
