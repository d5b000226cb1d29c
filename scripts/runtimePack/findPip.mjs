import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PackFailure } from './packFailure.mjs';

/**
 * Finds a way to run pip: a Python that has it, a `pip` of its own, or, where Python came without
 * pip, a virtual environment made in `cacheFolder`.
 * @param {string} cacheFolder
 * @returns {string[]} the command, to which pip's arguments are appended
 */
export function findPip(cacheFolder) {
  const pythons =
    process.platform === 'win32' ? [['py', '-3'], ['python'], ['python3']] : [['python3'], ['python']];
  const chosen = process.env.NEUROLOOM_PYTHON;
  if (chosen !== undefined) pythons.unshift([chosen]);
  const candidates = [...pythons.map((python) => [...python, '-m', 'pip']), ['pip3'], ['pip']];
  const found = candidates.find((command) => succeeds([...command, '--version']));
  if (found !== undefined) return found;
  const python = pythons.find((command) => succeeds([...command, '--version']));
  if (python === undefined) {
    throw new PackFailure(
      'No Python was found.',
      'Install Python 3 (any version with pip), then: npm run setup',
    );
  }
  const environment = join(cacheFolder, 'python');
  const inEnvironment = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (succeeds([...python, '-m', 'venv', environment])) {
    const command = [inEnvironment, '-m', 'pip'];
    if (succeeds([...command, '--version'])) return command;
  }
  throw new PackFailure(
    'Python is installed, but pip is not.',
    'Install pip (Debian and Ubuntu: apt install python3-pip), then: npm run setup',
  );
}

/** @param {string[]} command */
function succeeds(command) {
  const [program = '', ...args] = command;
  return spawnSync(program, args, { stdio: 'ignore', timeout: 120_000 }).status === 0;
}
