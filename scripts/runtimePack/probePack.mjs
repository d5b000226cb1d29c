import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PackFailure } from './packFailure.mjs';

const marker = 'neuroloom-probe';

/**
 * Loads a pack's addon in a process of its own and adds two vectors with it, so that a library
 * that crashes or is missing something takes nothing with it.
 * @param {string} packFolder
 */
export function probePack(packFolder) {
  const result = spawnSync(process.execPath, [fileURLToPath(import.meta.url), packFolder], {
    encoding: 'utf8',
    timeout: 120_000,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
  });
  if (result.status === 0 && result.stdout.includes(`${marker} 11,22,33`)) return;
  const said = `${result.stdout}\n${result.stderr}`
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '');
  const error = said.find((line) => /error/i.test(line)) ?? said.at(-1) ?? 'it said nothing';
  const how = result.signal === null ? `exit code ${result.status}` : `signal ${result.signal}`;
  throw new PackFailure(
    `The native runtime does not run on this machine (${how}): ${error.trim()}`,
    'The next engine of the ladder is used. If you think that it should run, report the line above.',
  );
}

/** @param {string} packFolder */
function runProbe(packFolder) {
  const addon = createRequire(import.meta.url)(join(packFolder, 'addon', 'neuroloom.node'));
  const vector = (/** @type {number[]} */ values) =>
    addon.createTensor([3], addon.TF_FLOAT, Float32Array.from(values));
  const type = { name: 'T', type: addon.TF_ATTR_TYPE, value: addon.TF_FLOAT };
  const [sum] = addon.executeOp('AddV2', [type], [vector([1, 2, 3]), vector([10, 20, 30])], 1);
  console.log(`${marker} ${Array.from(addon.tensorDataSync(sum.id)).join(',')}`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  runProbe(process.argv[2] ?? '');
}
