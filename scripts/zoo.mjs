import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireSupportedNode } from './nodeVersion.mjs';

requireSupportedNode();
const { prepare, projectRoot } = await import('./prepare.mjs');
const { runProgram } = await import('./runProgram.mjs');
const { formatTarget, formatValue, mergeRow, mergeText, otherFigures, reaches, seedsOf } = await import(
  './zooTable.mjs'
);

/**
 * `npm run zoo [ID…] [--seeds N]`: trains templates to their end through the command line, says
 * target, result and time, and writes them into docs/zoo.md. Fails where the mean over the seeds misses
 * the target. Without --seeds as many as were measured for the template.
 */
const seedsAt = process.argv.indexOf('--seeds');
const seedsGiven = seedsAt < 0 ? undefined : Number(process.argv[seedsAt + 1]);
const wanted = process.argv.slice(2, seedsAt < 0 ? undefined : seedsAt);
if (seedsGiven !== undefined && (!Number.isInteger(seedsGiven) || seedsGiven < 1)) {
  console.error('--seeds takes a whole number from 1.');
  process.exit(2);
}
if (!(await prepare({ retryRuntime: false }))) process.exit(1);

const neuroloom = [process.execPath, join(projectRoot, 'dist/cli/neuroloom.cjs')];

/** @param {readonly string[]} args */
async function call(args) {
  const { code, output } = await runProgram([...neuroloom, ...args, '--json'], { cwd: projectRoot });
  const lines = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  return { code, lines, output };
}

const listed = (await call(['templates'])).lines.filter(({ event }) => event === 'template');
const unknown = wanted.filter((id) => !listed.some((template) => template.id === id));
if (unknown.length > 0) {
  console.error(`No template ${unknown.join(', ')}. There are: ${listed.map(({ id }) => id).join(', ')}`);
  process.exit(2);
}
const chosen = listed.filter(({ id }) => wanted.length === 0 || wanted.includes(id));

/**
 * `--init` with the run of the template that this one starts from, trained on the way; says also what it
 * reaches without.
 * @param {{ id: string, startsFrom?: string, expected: { split: string, metric: string } }} template
 */
async function startingRun({ id, startsFrom, expected }) {
  if (!startsFrom) return [];
  const out = join(folder, startsFrom);
  console.log(`  first ${startsFrom}`);
  const before = await call([
    'train',
    startsFrom,
    '--seed',
    '1',
    '--out',
    out,
    '--data-dir',
    join(folder, 'data'),
  ]);
  if (before.code !== 0) throw new Error(before.output.split('\n').slice(-5).join('\n'));
  const alone = await call(['train', id, '--seed', '1', '--data-dir', join(folder, 'data')]);
  const done = alone.lines.findLast(({ event }) => event === 'done');
  if (done) console.log(`  without it: ${done.latest[expected.split][expected.metric].toPrecision(4)}`);
  return ['--init', out];
}

/**
 * 300 characters that the language model of a run writes.
 * @param {{ dir: string }} run
 */
async function writtenBy({ dir }) {
  const { lines } = await call(['sample', dir, '--length', '300', '--data-dir', join(folder, 'data')]);
  return lines.findLast(({ event }) => event === 'done')?.text;
}

const tableFile = join(projectRoot, 'docs', 'zoo.md');
const folder = await mkdtemp(join(tmpdir(), 'neuroloom-zoo-'));
try {
  for (const template of chosen) {
    const { expected, measured } = template;
    const seeds = seedsOf(measured, seedsGiven);
    console.log(`${template.id}: ${template.title}, target ${formatTarget(expected)}`);
    const init = await startingRun(template);
    const values = [];
    let seconds = 0;
    let written;
    for (let seed = 1; seed <= seeds; seed += 1) {
      const started = performance.now();
      const { code, lines, output } = await call([
        ...['train', template.id, '--seed', String(seed), '--data-dir', join(folder, 'data')],
        ...init,
      ]);
      seconds += (performance.now() - started) / 1000 / seeds;
      const done = lines.findLast(({ event }) => event === 'done');
      if (code !== 0 || !done) {
        console.error(output.split('\n').slice(-5).join('\n'));
        break;
      }
      const figures = done.latest[expected.split];
      values.push(figures[expected.metric]);
      const others = otherFigures(figures, expected.metric);
      console.log(
        `  seed ${seed}: ${formatValue(expected, values.at(-1))}, ${seconds.toFixed(0)} s${others}`,
      );
      if (template.dataset === 'Moby Dick' && expected.metric === 'loss') written = await writtenBy(done);
    }
    const met = values.length === seeds && reaches(expected, values);
    if (!met) process.exitCode = 1;
    console.log(`  ${met ? 'reached' : 'MISSED'}`);
    if (values.length === 0) continue;
    const row = {
      id: template.id,
      title: template.title,
      dataset: template.dataset,
      target: formatTarget(expected),
      result: values.map((value) => formatValue(expected, value)).join(', '),
      seconds: Math.round(seconds),
      met,
    };
    const order = listed.map(({ id }) => id);
    const page = mergeRow(await readFile(tableFile, 'utf8'), row, order);
    await writeFile(tableFile, written === undefined ? page : mergeText(page, template.id, written));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(`Written to docs/zoo.md. ${cpus().length} processor cores.`);
