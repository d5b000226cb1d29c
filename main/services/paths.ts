import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the program's own files are, in a checkout, in its bundles and in a packaged app alike. */
export interface ResourcePaths {
  /** Folder that holds `package.json` and `dist`; inside the archive (`app.asar`) of a packaged app. */
  readonly root: string;
  readonly version: string;
  /** The built page. */
  readonly rendererDir: string;
  /** The engine process's program, always a real file: plain Node cannot read out of an archive. */
  readonly enginePath: string;
  readonly preloadPath: string;
  /** Data sets that a packaged app brings along, one folder each; null in a checkout, where npm brings them. */
  readonly dataPath: string | null;
}

/** Throws where no `package.json` of this program lies above `start`: nothing could work. */
export function findResourcePaths(start: string = dirname(fileURLToPath(import.meta.url))): ResourcePaths {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const version = versionIn(folder);
    if (version !== null) {
      return {
        root: folder,
        version,
        rendererDir: join(folder, 'dist', 'renderer'),
        enginePath: join(unpacked(folder), 'dist', 'engine', 'engine.cjs'),
        preloadPath: join(folder, 'dist', 'app', 'preload.cjs'),
        // Beside the archive, in what Electron calls the resources folder.
        dataPath: isArchive(folder) ? join(dirname(folder), 'data') : null,
      };
    }
    if (dirname(folder) === folder) throw new Error(`No package.json of neuroloom above ${start}`);
  }
}

function versionIn(folder: string): string | null {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return null;
  const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof content !== 'object' || content === null) return null;
  if (!('name' in content) || content.name !== 'neuroloom' || !('version' in content)) return null;
  return String(content.version);
}

const isArchive = (folder: string): boolean => /[\\/]app\.asar$/.test(folder);

const unpacked = (path: string): string => path.replace(/app\.asar(?=$|[\\/])/, 'app.asar.unpacked');

export interface PlatformSurroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** The user's data folder: `%LOCALAPPDATA%\Neuroloom`, `~/Library/Application Support/Neuroloom`, XDG's on Linux. */
export function defaultDataDir(
  surroundings: PlatformSurroundings = {
    platform: process.platform,
    environment: process.env,
    home: homedir(),
  },
): string {
  const { platform, environment, home } = surroundings;
  if (platform === 'win32') {
    return join(environment.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'Neuroloom');
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Neuroloom');
  // The XDG specification tells to ignore a relative path.
  const xdg = environment.XDG_DATA_HOME;
  return join(xdg !== undefined && isAbsolute(xdg) ? xdg : join(home, '.local', 'share'), 'neuroloom');
}

/** What lies in the user's data folder. */
export interface DataPaths {
  readonly dataDir: string;
  readonly runsDir: string;
  readonly recoveryDir: string;
  /** What was found out and can be found out again. */
  readonly cacheDir: string;
  readonly settingsPath: string;
  readonly recentPath: string;
  /** The personal library of blocks. */
  readonly blocksPath: string;
  readonly runtimesDir: string;
  /** Files that are not whole yet. */
  readonly downloadsDir: string;
}

export function dataPaths(dataDir: string = defaultDataDir()): DataPaths {
  const folder = resolve(dataDir);
  return {
    dataDir: folder,
    runsDir: join(folder, 'runs'),
    recoveryDir: join(folder, 'recovery'),
    cacheDir: join(folder, 'cache'),
    settingsPath: join(folder, 'settings.json'),
    recentPath: join(folder, 'recent.json'),
    blocksPath: join(folder, 'blocks.json'),
    runtimesDir: join(folder, 'runtimes'),
    downloadsDir: join(folder, 'downloads'),
  };
}

/** Folders in which native runtime packs are looked for: the checkout's, then the user's. */
export function runtimePackDirs(resources: ResourcePaths, data: DataPaths): readonly string[] {
  return [join(unpacked(resources.root), '.runtimes'), data.runtimesDir];
}
