import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { extractEntry, readZipDirectory } from '../main/services/runtimes/zip.mjs';
import { withLock } from './lock.mjs';
import { createProgress, megabytes } from './progress.mjs';
import { compileAddon, findCompiler, hashAddonSources } from './runtimePack/compileAddon.mjs';
import { downloadWheel } from './runtimePack/downloadWheel.mjs';
import { PackFailure } from './runtimePack/packFailure.mjs';
import { findDamage, hashLargeFile, readManifest, writeManifest } from './runtimePack/packManifest.mjs';
import {
  findPackSource,
  headerPrefixes,
  nvidiaTarget,
  packIds,
  packName,
  tensorflowEntries,
} from './runtimePack/packSources.mjs';
import { probePack } from './runtimePack/probePack.mjs';

const projectRootOfScript = dirname(dirname(fileURLToPath(import.meta.url)));
const addonFile = 'addon/neuroloom.node';

/**
 * @typedef {{ ok: true, state: 'present' | 'recompiled' | 'built' } | { ok: false, reason: string, advice: string }} PackResult
 */

/**
 * Sees to it that a TensorFlow pack is there, whole, and compiled from the present sources.
 * A new pack is staged beside the old one, probed in a process of its own, and only then switched
 * in; the one it replaces is kept under `previous/`.
 * @param {{ id?: import('./runtimePack/packSources.mjs').PackId, projectRoot?: string, packDir?: string, cacheFolder?: string }} [options]
 * @returns {Promise<PackResult>}
 */
export async function ensureRuntimePack({
  id = 'tensorflow-cpu',
  projectRoot = projectRootOfScript,
  packDir = join(projectRoot, '.runtimes'),
  cacheFolder = join(projectRoot, '.cache', 'native'),
} = {}) {
  const source = findPackSource(id, `${process.platform}-${process.arch}`);
  if (source === undefined) {
    return {
      ok: false,
      reason: `There is no pack ${id} for ${process.platform} on ${process.arch} yet.`,
      advice: 'The app starts on the next engine of the ladder.',
    };
  }
  const paths = {
    projectRoot,
    cacheFolder,
    id,
    packDir,
    pack: join(packDir, packName(id)),
    staging: join(packDir, `.staging-${process.pid}`),
    headers: join(cacheFolder, `${packName(id)}-headers`),
    stampFile: join(cacheFolder, `verified-${id}.json`),
  };
  try {
    mkdirSync(packDir, { recursive: true });
    mkdirSync(cacheFolder, { recursive: true });
    return await withLock(
      join(packDir, '.lock'),
      () => bringUpToDate(source, paths),
      () => console.log('  another set-up is working on the native runtime; waiting for it'),
    );
  } catch (error) {
    if (error instanceof PackFailure) return { ok: false, reason: error.message, advice: error.advice };
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
      const advice =
        error.code === 'ENOSPC'
          ? 'Free some space, then: npm run setup'
          : 'Check that the folder can be written, then: npm run setup';
      return { ok: false, reason: `${error.message}.`, advice };
    }
    throw error;
  } finally {
    rmSync(paths.staging, { recursive: true, force: true });
  }
}

/**
 * @param {import('./runtimePack/packSources.mjs').PackSource} source
 * @param {{ id: import('./runtimePack/packSources.mjs').PackId, projectRoot: string, cacheFolder: string, packDir: string, pack: string, staging: string, headers: string, stampFile: string }} paths
 * @returns {Promise<PackResult>}
 */
async function bringUpToDate(source, paths) {
  const previous = join(paths.packDir, 'previous', packName(paths.id));
  // A switch that was cut off between its two renames leaves only the previous pack.
  if (!existsSync(paths.pack) && existsSync(previous)) renameSync(previous, paths.pack);
  const addonSourceHash = hashAddonSources(paths.projectRoot);
  const manifest = readManifest(paths.pack, paths.id);
  const damaged = manifest === null ? null : await findDamage(paths.pack, manifest, paths.stampFile);
  if (manifest !== null && damaged === null && manifest.addonSourceHash === addonSourceHash) {
    return { ok: true, state: 'present' };
  }
  if (damaged !== null) console.log(`  ${damaged} of the native runtime is damaged; building it anew`);
  // Asked before anything is downloaded or unpacked in vain.
  findCompiler();
  const reuse = manifest !== null && damaged === null && hasHeaders(paths.headers);
  rmSync(paths.staging, { recursive: true, force: true });
  mkdirSync(join(paths.staging, 'addon'), { recursive: true });
  /** @type {Record<string, string>} */
  const files = {};
  if (reuse) {
    for (const [path, hash] of Object.entries(manifest.files)) {
      if (path === addonFile) continue;
      mkdirSync(dirname(join(paths.staging, path)), { recursive: true });
      linkOrCopy(join(paths.pack, path), join(paths.staging, path));
      files[path] = hash;
    }
  } else {
    await unpackWheels(source, paths, files);
  }
  linkLibraryNames(source, paths.staging);
  const started = performance.now();
  console.log('  compile the addon');
  await compileAddon({
    projectRoot: paths.projectRoot,
    headers: paths.headers,
    libraries: source.libraries.map((name) => join(paths.staging, 'lib', name)),
    output: join(paths.staging, addonFile),
    workFolder: join(paths.cacheFolder, 'objects'),
  });
  files[addonFile] = await hashLargeFile(join(paths.staging, addonFile));
  writeManifest(paths.staging, { id: paths.id, addonSourceHash, files });
  console.log(`  compiled in ${((performance.now() - started) / 1000).toFixed(1)} s; trying it out`);
  probePack(paths.staging);
  switchIn(paths.staging, paths.pack, previous);
  for (const { file } of [source.wheel, ...source.nvidia])
    rmSync(join(paths.cacheFolder, file), { force: true });
  return { ok: true, state: reuse ? 'recompiled' : 'built' };
}

/**
 * @param {import('./runtimePack/packSources.mjs').PackSource} source
 * @param {{ cacheFolder: string, packDir: string, staging: string, headers: string }} paths
 * @param {Record<string, string>} files filled with path → SHA-256
 */
async function unpackWheels(source, paths, files) {
  checkSpace(paths.packDir, source.neededBytes);
  const wheel = await openWheel(source.wheel, paths.cacheFolder);
  const wanted = tensorflowEntries(source);
  const found = new Set(wheel.entries.map(({ name }) => name));
  const missing = source.libraries.find((name) => !found.has(`tensorflow/${name}`));
  if (missing !== undefined) {
    throw new PackFailure(
      `${source.wheel.file} has no tensorflow/${missing}.`,
      'Report this: the pinned wheel does not fit.',
    );
  }
  await unpack(wheel, (entry) => wanted.get(entry) ?? null, paths.staging, files);
  for (const part of source.nvidia) {
    const opened = await openWheel(part, paths.cacheFolder);
    await unpack(opened, (entry) => nvidiaTarget(entry, part.file), paths.staging, files);
  }
  rmSync(paths.headers, { recursive: true, force: true });
  for (const entry of wheel.entries) {
    if (!headerPrefixes.some((prefix) => entry.name.startsWith(prefix)) || !entry.name.endsWith('.h'))
      continue;
    const name = entry.name.slice('tensorflow/include/'.length);
    await extractEntry(wheel.path, entry, { folder: paths.headers, name });
  }
  writeFileSync(headersMark(paths.headers), headerPrefixes.join('\n'));
}

/** @param {string} folder */
const headersMark = (folder) => join(folder, 'complete');

/**
 * Whether the folder holds all headers that this version of the addon includes.
 * @param {string} folder
 */
function hasHeaders(folder) {
  const mark = headersMark(folder);
  return existsSync(mark) && readFileSync(mark, 'utf8') === headerPrefixes.join('\n');
}

/** @typedef {{ path: string, entries: import('../main/services/runtimes/zip.mjs').ZipEntry[] }} OpenWheel */

/**
 * @param {import('./runtimePack/packSources.mjs').WheelSource} source
 * @param {string} cacheFolder
 * @returns {Promise<OpenWheel>}
 */
async function openWheel(source, cacheFolder) {
  const path = await downloadWheel(source, cacheFolder);
  try {
    return { path, entries: await readZipDirectory(path) };
  } catch (error) {
    throw new PackFailure(`${source.file} is refused: ${String(error)}`, 'Try again: npm run setup');
  }
}

/**
 * @param {OpenWheel} wheel
 * @param {(entry: string) => string | null} target the file in the pack; null leaves the entry out
 * @param {string} folder
 * @param {Record<string, string>} files filled with path → SHA-256
 */
async function unpack(wheel, target, folder, files) {
  const chosen = wheel.entries.flatMap((entry) => {
    const name = target(entry.name);
    return name === null ? [] : [{ entry, name }];
  });
  const total = chosen.reduce((sum, { entry }) => sum + entry.bytes, 0);
  const progress = createProgress('unpack');
  let done = 0;
  for (const { entry, name } of chosen) {
    const onBytes = (/** @type {number} */ bytes) => {
      done += bytes;
      progress.show(`${megabytes(done)} of ${megabytes(total)}`);
    };
    files[name] = await extractEntry(wheel.path, entry, { folder, name, onBytes });
    // XLA starts the compiler's programs.
    if (/\/bin\//.test(name)) chmodSync(join(folder, name), 0o755);
  }
  progress.end(megabytes(total));
}

/**
 * @param {string} folder
 * @param {number} neededBytes
 */
function checkSpace(folder, neededBytes) {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= neededBytes) return;
  throw new PackFailure(
    `The native runtime needs ${megabytes(neededBytes)} of free disk space at ${folder}; there are ${megabytes(free)}.`,
    'Free some space, then: npm run setup',
  );
}

/**
 * Names under which tfjs-node's own build knows the libraries.
 * @param {import('./runtimePack/packSources.mjs').PackSource} source
 * @param {string} folder
 */
function linkLibraryNames(source, folder) {
  if (process.platform !== 'linux') return;
  for (const name of source.libraries) {
    const short = name.replace(/(_cc)?\.so\.2$/, '.so');
    symlinkSync(name, join(folder, 'lib', short));
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
function linkOrCopy(from, to) {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/**
 * @param {string} staging
 * @param {string} pack
 * @param {string} previous
 */
function switchIn(staging, pack, previous) {
  if (existsSync(pack)) {
    rmSync(previous, { recursive: true, force: true });
    mkdirSync(dirname(previous), { recursive: true });
    renameSync(pack, previous);
  }
  try {
    renameSync(staging, pack);
  } catch (error) {
    if (existsSync(previous)) renameSync(previous, pack);
    throw error;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { dir: { type: 'string' }, id: { type: 'string' } } });
  const id = packIds.find((known) => known === (values.id ?? 'tensorflow-cpu'));
  const result =
    id === undefined
      ? /** @type {const} */ ({
          ok: false,
          reason: `There is no pack ${values.id}.`,
          advice: `There are: ${packIds.join(', ')}`,
        })
      : await ensureRuntimePack({ id, ...(values.dir !== undefined && { packDir: resolve(values.dir) }) });
  if (result.ok) console.log(`  native runtime: ${result.state}`);
  else console.error(`  ${result.reason}\n  ${result.advice}`);
  process.exitCode = result.ok ? 0 : 1;
}
