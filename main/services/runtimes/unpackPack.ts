import { open, readdir, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type PackManifest, packManifestSchema } from '#shared/protocol/runtimes.ts';
import { hashFile } from './hashFile.ts';
import { PackFailure } from './packFailure.ts';
import { packAddon, TENSORFLOW_VERSION } from './packNames.ts';
import { unpackTarGz } from './tarArchive.ts';
import { extractEntry, isUnsafeName, readZipDirectory } from './zip.mjs';

/** A pack for CUDA is below 8 GB; whatever is larger is none of ours. */
export const archiveLimits = { entries: 20_000, bytes: 16e9, ratio: 200 };

export interface UnpackPackOptions {
  /** New folder; what is in it afterwards is the pack or, in its only sub-folder, has it. */
  readonly folder: string;
  readonly signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

/** Unpacks a pack's archive, told by its first bytes: .tar.gz or .zip. Throws PackFailure for anything else. */
export async function unpackArchive(archive: string, options: UnpackPackOptions): Promise<void> {
  const { folder, signal, onProgress } = options;
  const { magic, size } = await readStart(archive);
  const reserve = (bytes: number) => requireSpace(folder, bytes);
  if (magic.readUInt16BE(0) === 0x1f8b) {
    const limits = {
      ...archiveLimits,
      bytes: Math.min(archiveLimits.bytes, Math.max(size, 1 << 20) * archiveLimits.ratio),
    };
    await unpackTarGz(archive, {
      folder,
      limits,
      signal,
      reserve,
      onProgress: (done) => onProgress(done, size),
    });
    return;
  }
  if (magic.readUInt32LE(0) !== 0x04034b50) throw new PackFailure('archive-unknown', { path: archive });
  const entries = await readZipDirectory(archive, archiveLimits).catch(refuseArchive);
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  await reserve(total);
  let done = 0;
  for (const entry of entries) {
    signal.throwIfAborted();
    const onBytes = (bytes: number) => {
      done += bytes;
      onProgress(done, total);
    };
    await extractEntry(archive, entry, { folder, name: entry.name, onBytes }).catch(refuseArchive);
  }
}

/** The reader's own complaints are about the archive; the system's, which have a code, about the disk. */
function refuseArchive(error: unknown): never {
  if (error instanceof Error && 'code' in error && !String(error.code).startsWith('Z_')) throw error;
  throw new PackFailure('archive-refused', { why: error instanceof Error ? error.message : String(error) });
}

async function readStart(path: string): Promise<{ magic: Buffer; size: number }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const magic = Buffer.alloc(4);
    await file.read(magic, 0, 4, 0);
    return { magic, size };
  } finally {
    await file.close();
  }
}

/** Some hundred megabytes are left for everything else on the disk. */
const KEPT_FREE = 200e6;

/** Throws PackFailure `disk-space` where `folder`'s disk has no room for so many bytes. */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes + KEPT_FREE) return;
  throw new PackFailure('disk-space', {
    path: folder,
    needed: megabytes(bytes + KEPT_FREE),
    free: megabytes(free),
  });
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 1e6);

/** The pack's own folder in what was unpacked: with or without a folder around it. */
export async function findPackRoot(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  if (entries.some(({ name }) => name === 'manifest.json')) return folder;
  const [only] = entries;
  if (entries.length === 1 && only?.isDirectory()) {
    const inner = join(folder, only.name);
    if ((await readdir(inner)).includes('manifest.json')) return inner;
  }
  throw new PackFailure('pack-without-manifest');
}

/** The manifest of the pack in `folder`; throws PackFailure where there is none that can be read. */
export async function readPackManifest(folder: string): Promise<PackManifest> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => null);
  if (text === null) throw new PackFailure('pack-without-manifest');
  const parsed = packManifestSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new PackFailure('pack-without-manifest');
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Throws where the pack is not for this machine and version. */
export function requireFitting(manifest: PackManifest): void {
  const { id, libraryVersion, platform, arch, files } = manifest;
  if (platform !== process.platform || arch !== process.arch) {
    throw new PackFailure('pack-of-another-platform', {
      id,
      found: `${platform} ${arch}`,
      wanted: `${process.platform} ${process.arch}`,
    });
  }
  if (libraryVersion !== TENSORFLOW_VERSION) {
    throw new PackFailure('pack-of-another-version', {
      id,
      found: libraryVersion,
      wanted: TENSORFLOW_VERSION,
    });
  }
  const unsafe = Object.keys(files).find(isUnsafeName);
  if (unsafe !== undefined)
    throw new PackFailure('archive-refused', { why: `unsafe name ${JSON.stringify(unsafe)}` });
  if (files[packAddon('').replaceAll('\\', '/')] === undefined)
    throw new PackFailure('pack-without-manifest');
}

export interface VerifyOptions {
  readonly signal: AbortSignal;
  onProgress(done: number): void;
}

/** The first file of a pack that is missing or not as its manifest says; null where all are right. */
export async function findDamage(
  folder: string,
  manifest: PackManifest,
  { signal, onProgress }: VerifyOptions,
): Promise<string | null> {
  let done = 0;
  for (const [name, expected] of Object.entries(manifest.files)) {
    const onBytes = (bytes: number) => {
      done += bytes;
      onProgress(done);
    };
    const found = await hashFile(join(folder, name), { signal, onBytes }).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
    if (found !== expected) return name;
  }
  return null;
}

/** What lies in an unpacked pack and not in its manifest: nobody vouches for it. */
export async function findStranger(folder: string, manifest: PackManifest): Promise<string | null> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const names = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
  return names.find((name) => name !== 'manifest.json' && manifest.files[name] === undefined) ?? null;
}
