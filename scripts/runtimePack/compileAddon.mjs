import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hashPaths } from '../fingerprint.mjs';
import { PackFailure } from './packFailure.mjs';

const addonFolder = 'main/engine/addon';
const sourceFolders = [addonFolder, `${addonFolder}/kernels`];
const bindingFolder = 'node_modules/@tensorflow/tfjs-node/binding';

/** Flags that change what the compiled addon is; part of its hash. */
const flags = [
  ...['-O2', '-fPIC', '-std=c++17', '-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION'],
  '-DNODE_GYP_MODULE_NAME=neuroloom',
  '-fno-math-errno',
  // Leaves out of TensorFlow's header for kernels what only plug-in devices need.
  '-DIS_SLIM_BUILD',
  '-pthread',
];

/**
 * Hash of everything the addon is compiled from but the library's headers (whose version is in the pack's name).
 * @param {string} projectRoot
 */
export function hashAddonSources(projectRoot) {
  return hashPaths(projectRoot, [
    addonFolder,
    bindingFolder,
    'node_modules/node-api-headers/include',
    'scripts/runtimePack/compileAddon.mjs',
  ]);
}

/**
 * Compiles and links the addon.
 * @param {{ projectRoot: string, headers: string, libraries: readonly string[], output: string, workFolder: string }} options
 *   `libraries`: full paths that the addon is linked against; they are found again by the run path `../lib`
 */
export async function compileAddon({ projectRoot, headers, libraries, output, workFolder }) {
  const compiler = findCompiler();
  const sources = sourceFolders.flatMap((folder) =>
    readdirSync(join(projectRoot, folder))
      .filter((name) => name.endsWith('.cc'))
      .map((name) => join(projectRoot, folder, name)),
  );
  sources.push(join(projectRoot, bindingFolder, 'tfjs_backend.cc'));
  const includes = [
    join(projectRoot, 'node_modules/node-api-headers/include'),
    join(projectRoot, 'node_modules/@tensorflow/tfjs-node'),
    join(projectRoot, bindingFolder),
    headers,
  ].map((folder) => `-I${folder}`);
  rmSync(workFolder, { recursive: true, force: true });
  mkdirSync(workFolder, { recursive: true });
  const objects = await Promise.all(
    sources.map(async (source, index) => {
      const object = join(workFolder, `${index}.o`);
      await run(compiler, [...flags, ...includes, '-c', source, '-o', object]);
      return object;
    }),
  );
  const forPlatform =
    process.platform === 'darwin'
      ? ['-bundle', '-undefined', 'dynamic_lookup', '-Wl,-rpath,@loader_path/../lib']
      : ['-shared', '-pthread', '-Wl,-rpath,$ORIGIN/../lib'];
  await run(compiler, [...objects, '-o', output, ...libraries, ...forPlatform]);
  rmSync(workFolder, { recursive: true, force: true });
}

/** The C++ compiler's command; throws a PackFailure where there is none. */
export function findCompiler() {
  const candidates = [process.env.CXX, 'c++', 'g++', 'clang++'].filter((name) => name !== undefined);
  const found = candidates.find(
    (name) => spawnSync(name, ['--version'], { stdio: 'ignore', timeout: 60_000 }).status === 0,
  );
  if (found !== undefined) return found;
  const advice =
    process.platform === 'darwin'
      ? 'Run xcode-select --install and start again.'
      : 'Install one (Debian and Ubuntu: apt install g++) and start again.';
  throw new PackFailure('No C++ compiler was found.', advice);
}

/**
 * @param {string} compiler
 * @param {string[]} args
 * @returns {Promise<void>}
 */
function run(compiler, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(compiler, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else {
        const first = errors.split('\n').find((line) => /error/i.test(line)) ?? errors.trim().slice(0, 400);
        reject(
          new PackFailure(
            `The addon could not be compiled (${compiler}): ${first.trim()}`,
            'A compiler that knows C++17 is needed (g++ ≥ 9, clang ≥ 10). CXX=… chooses another one.',
          ),
        );
      }
    });
  });
}
