import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageProgram, runProgram } from './runProgram.mjs';
import { readCounts } from './testCounts.mjs';

/**
 * Runs Vitest projects.
 * @param {string} projectRoot
 * @param {readonly string[]} projects
 * @param {{ show: boolean, env?: NodeJS.ProcessEnv }} options `show`: Vitest's lines go to the terminal as they come
 */
export async function runVitest(projectRoot, projects, { show, env = process.env }) {
  const report = reportPath(projectRoot, `vitest-${projects.join('-')}`);
  const result = await runProgram(
    [
      ...packageProgram(projectRoot, 'vitest'),
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ],
    { cwd: projectRoot, env: show ? env : { ...env, NO_COLOR: '1' }, show },
  );
  return { counts: readCounts('vitest', report, result.code), output: result.output };
}

/**
 * Runs the end-to-end tests.
 * @param {string} projectRoot
 * @param {NodeJS.ProcessEnv} env with NEUROLOOM_CHROMIUM
 */
export async function runPlaywright(projectRoot, env) {
  const report = reportPath(projectRoot, 'playwright');
  const result = await runProgram(
    [...packageProgram(projectRoot, '@playwright/test', 'playwright'), ...['test', '--reporter=list,json']],
    { cwd: projectRoot, env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report }, show: true },
  );
  return { counts: readCounts('playwright', report, result.code), output: result.output };
}

/**
 * @param {string} projectRoot
 * @param {string} name
 */
function reportPath(projectRoot, name) {
  const folder = join(projectRoot, '.cache', 'reports');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}-${process.pid}.json`);
  rmSync(path, { force: true });
  return path;
}
