import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = process.cwd();
const here = join(root, 'tests', 'parity');
const venv = join(root, '.venv-parity');
export const pythonPath = join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** Puts the packages of a requirements file into the judges' own virtual environment, once. */
export async function preparePython(requirements: string): Promise<void> {
  if (!existsSync(pythonPath)) {
    await run(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', venv]);
  }
  const wanted = await readFile(join(here, requirements), 'utf8');
  const stamp = join(venv, `installed-${requirements}`);
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return;
  await run(pythonPath, ['-m', 'pip', 'install', '--no-input', '-r', join(here, requirements)], {
    maxBuffer: 64 * 1024 * 1024,
  });
  await writeFile(stamp, wanted);
}

/** Runs one of the judges beside this file; the answer is what it printed. */
export async function judge(script: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(pythonPath, [join(here, script), ...args], {
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '-1' },
  });
  return stdout;
}
