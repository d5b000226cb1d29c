import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ code: number | null, output: string, timedOut: boolean }} ProgramResult
 */

/**
 * Runs a program to its end and collects what it says.
 * @param {readonly string[]} command
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number, show?: boolean }} [options]
 *   `timeout` in milliseconds; `show`: output goes to the terminal as well
 * @returns {Promise<ProgramResult>} `code` is null where the program could not be started or was killed
 */
export function runProgram(command, { cwd, env, timeout, show = false } = {}) {
  const [program = '', ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let timedOut = false;
    const timer =
      timeout === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill('SIGKILL');
          }, timeout);
    for (const [stream, target] of /** @type {const} */ ([
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ])) {
      stream.on('data', (chunk) => {
        output += chunk;
        if (show) target.write(chunk);
      });
    }
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ code: null, output: error.message, timedOut });
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, output, timedOut });
    });
  });
}

/**
 * The command that runs an installed package's program with this Node, without a shell.
 * @param {string} projectRoot
 * @param {string} packageName
 * @param {string} [binName] where the package has several
 * @returns {string[]}
 */
export function packageProgram(projectRoot, packageName, binName = packageName) {
  const folder = join(projectRoot, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = typeof bin === 'string' ? bin : bin?.[binName];
  if (typeof file !== 'string') throw new Error(`${packageName} has no program ${binName}`);
  return [process.execPath, join(folder, file)];
}

/** npm as this script was started by it, else the one on the path. */
export function npmCommand() {
  const path = process.env.npm_execpath;
  if (path?.endsWith('.js')) return [process.execPath, path];
  return process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', 'npm'] : ['npm'];
}
