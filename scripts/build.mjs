import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { hashFile, hashPaths } from './fingerprint.mjs';
import { withLock } from './lock.mjs';

const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFolder = join(projectRoot, '.cache', 'build');

/** What each bundle is made from and where it goes; the order is that of the build. */
const bundles = {
  engine: { entry: 'main/engine/main.ts', output: 'dist/engine/engine.cjs' },
  cli: { entry: 'main/cli/main.ts', output: 'dist/cli/neuroloom.cjs' },
  app: { entry: 'main/app/main.ts', output: 'dist/app/main.cjs' },
  preload: { entry: 'main/preload/preload.ts', output: 'dist/app/preload.cjs' },
};

/** What stands for `import.meta` in a CommonJS bundle. */
const moduleAddress = {
  banner: { js: "const neuroloomModuleUrl = require('node:url').pathToFileURL(__filename).href;" },
  define: {
    'import.meta.url': 'neuroloomModuleUrl',
    'import.meta.dirname': '__dirname',
    'import.meta.filename': '__filename',
  },
};

/** Pages that Vite builds; the gallery is for developers and tests and is not part of the app. */
const pages = {
  renderer: { mode: 'production', outputFolder: 'dist/renderer' },
  gallery: { mode: 'gallery', outputFolder: 'dist/gallery' },
};

export const defaultTargets = ['engine', 'cli', 'app', 'preload', 'renderer'];

/** What could not be built, and why; the other targets have been built. */
export class BuildFailure extends Error {
  /** @param {readonly string[]} failures one per target */
  constructor(failures) {
    super(`The build failed.\n${failures.join('\n')}`);
    this.name = 'BuildFailure';
  }
}

/** Files that change every target: the packages, the build itself. */
const commonInputs = ['package-lock.json', 'scripts/build.mjs', 'tsconfig.json'];
const pageInputs = ['renderer', 'shared', 'vite.config.ts'];

/**
 * Modules that must never end up in a bundle, with the reason: they download or search for
 * tfjs-node's own prebuilt binding, in place of which the runtime pack's addon is loaded.
 */
const forbiddenInBundles =
  /node_modules\/(@mapbox\/node-pre-gyp|@tensorflow\/tfjs-node\/dist\/index\.js|@tensorflow\/tfjs-node\/scripts)/;

/**
 * Builds what has changed since the last build.
 * @param {{ targets?: readonly string[], force?: boolean, log?: (line: string) => void }} [options]
 * @returns {Promise<{ built: string[], unchanged: string[] }>}
 */
export async function build({ targets = defaultTargets, force = false, log = console.log } = {}) {
  return withLock(
    join(projectRoot, '.cache', 'build.lock'),
    async () => {
      /** @type {string[]} */
      const built = [];
      /** @type {string[]} */
      const unchanged = [];
      /** @type {string[]} */
      const failures = [];
      for (const target of targets) {
        const started = performance.now();
        let changed = false;
        try {
          changed = target in pages ? await buildPage(target, force) : await buildBundle(target, force);
        } catch (error) {
          failures.push(`${target}: ${error instanceof Error ? error.message : String(error)}`);
          continue;
        }
        (changed ? built : unchanged).push(target);
        if (changed) log(`  built ${target} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
      }
      if (failures.length > 0) throw new BuildFailure(failures);
      return { built, unchanged };
    },
    () => log('  another build is running; waiting for it'),
  );
}

/**
 * @param {string} target
 * @param {boolean} force
 * @returns {Promise<boolean>} whether there was anything to do
 */
async function buildBundle(target, force) {
  const { entry, output } = bundles[/** @type {keyof typeof bundles} */ (target)] ?? fail(target);
  const outputFile = join(projectRoot, output);
  const stamp = readStamp(target);
  if (
    !force &&
    stamp !== null &&
    existsSync(outputFile) &&
    stamp.hash === hashPaths(projectRoot, stamp.inputs)
  ) {
    return false;
  }
  const { build: bundle } = await import('esbuild');
  const result = await bundle({
    absWorkingDir: projectRoot,
    entryPoints: [entry],
    outfile: output,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'linked',
    loader: { '.wasm': 'binary' },
    external: ['electron', '*.node', 'bufferutil', 'utf-8-validate'],
    // A sandboxed preload script has neither __filename nor Node's modules.
    ...(target === 'preload' ? {} : moduleAddress),
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const modules = Object.keys(result.metafile.inputs);
  const forbidden = modules.find((path) => forbiddenInBundles.test(path));
  if (forbidden !== undefined) {
    const importers = modules.filter((path) =>
      result.metafile.inputs[path]?.imports.some((imported) => imported.path === forbidden),
    );
    throw new Error(`${output} would contain ${forbidden}, imported by ${importers.join(', ')}`);
  }
  for (const file of result.outputFiles) writeWhole(file.path, file.contents);
  const inputs = [...commonInputs, ...modules.filter((path) => !path.includes('node_modules/'))];
  writeStamp(target, inputs);
  return true;
}

/**
 * @param {string} target
 * @param {boolean} force
 */
async function buildPage(target, force) {
  const { mode, outputFolder } = pages[/** @type {keyof typeof pages} */ (target)];
  const inputs = [...commonInputs, ...pageInputs];
  const stamp = readStamp(target);
  if (
    !force &&
    existsSync(join(projectRoot, outputFolder)) &&
    stamp?.hash === hashPaths(projectRoot, inputs)
  ) {
    return false;
  }
  const { build: bundle } = await import('vite');
  // Built aside and switched in at the end, so that a server that is running never sees half a page.
  const staging = join(projectRoot, '.cache', `${target}-next`);
  await bundle({
    configFile: join(projectRoot, 'vite.config.ts'),
    mode,
    logLevel: 'warn',
    build: { outDir: staging, emptyOutDir: true },
  });
  const destination = join(projectRoot, outputFolder);
  const previous = join(projectRoot, '.cache', `${target}-previous`);
  rmSync(previous, { recursive: true, force: true });
  mkdirSync(dirname(destination), { recursive: true });
  if (existsSync(destination)) renameSync(destination, previous);
  renameSync(staging, destination);
  rmSync(previous, { recursive: true, force: true });
  writeStamp(target, inputs);
  return true;
}

/**
 * @param {string} path
 * @param {Uint8Array} contents
 */
function writeWhole(path, contents) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
}

/**
 * @param {string} target
 * @returns {{ hash: string, inputs: string[] } | null}
 */
function readStamp(target) {
  const path = join(stampFolder, `${target}.json`);
  if (hashFile(path) === 'missing') return null;
  try {
    const stamp = JSON.parse(readFileSync(path, 'utf8'));
    return typeof stamp.hash === 'string' && Array.isArray(stamp.inputs) ? stamp : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} target
 * @param {string[]} inputs
 */
function writeStamp(target, inputs) {
  const stamp = { hash: hashPaths(projectRoot, inputs), inputs };
  writeWhole(join(stampFolder, `${target}.json`), new TextEncoder().encode(JSON.stringify(stamp, null, 2)));
}

/**
 * @param {string} target
 * @returns {never}
 */
function fail(target) {
  const known = [...Object.keys(bundles), ...Object.keys(pages)].join(', ');
  throw new Error(`There is no build target '${target}'. Known: ${known}.`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    options: { force: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  try {
    const { built, unchanged } = await build({
      targets: positionals.length > 0 ? positionals : defaultTargets,
      force: values.force,
    });
    if (built.length === 0) console.log(`  nothing to build: ${unchanged.join(', ')} unchanged`);
  } catch (error) {
    if (!(error instanceof BuildFailure)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
