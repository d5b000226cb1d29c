import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { TensorValue } from '#shared/protocol/run.ts';
import { type FileSystem, realFileSystem, syncFolder, writeWhole } from '../durableFiles.ts';
import { decodeSafetensors, encodeSafetensors } from '../exports/safetensors.ts';
import { errorCode } from '../failures.ts';
import type { SessionState, StateTensor } from '../runtime.ts';
import { type TrainerState, trainerStateSchema } from './checkpointState.ts';

const manifestSchema = z.object({
  format: z.literal(1),
  step: z.int().nonnegative(),
  files: z.record(z.string(), z.object({ bytes: z.int().nonnegative(), sha256: z.string() })),
});

/** `<step>`, or `<step>.<n>` when a step was saved again (a learning rate changed while paused). */
const folderPattern = /^(\d{1,15})(?:\.(\d{1,6}))?$/;
const temporaryPattern = /^\.tmp-/;

export interface CheckpointPlace {
  readonly step: number;
  readonly revision: number;
  readonly path: string;
}

export interface Checkpoint {
  readonly place: CheckpointPlace;
  readonly session: SessionState;
  readonly trainer: TrainerState;
}

/**
 * Saves a checkpoint whole or not at all: files into a temporary folder, the manifest with their
 * hashes last, then one rename. An existing checkpoint is never touched.
 */
export async function writeCheckpoint(
  folder: string,
  state: { session: SessionState; trainer: TrainerState },
  fs: FileSystem = realFileSystem,
): Promise<CheckpointPlace> {
  const { step } = state.session;
  await fs.mkdir(folder, { recursive: true });
  const temporary = join(folder, `.tmp-${step}-${randomBytes(6).toString('hex')}`);
  try {
    await fs.mkdir(temporary);
    const weights = new Map<string, TensorValue>();
    const slots = new Map<string, TensorValue>();
    const running: string[] = [];
    for (const [key, tensor] of state.session.tensors) {
      (tensor.role === 'slot' ? slots : weights).set(key, tensor);
      if (tensor.role === 'state') running.push(key);
    }
    const files = {
      'weights.safetensors': encodeSafetensors(weights, { state: JSON.stringify(running.sort()) }),
      'slots.safetensors': encodeSafetensors(slots),
      'state.json': [Buffer.from(`${JSON.stringify(state.trainer, null, 2)}\n`)],
    };
    const manifest: z.infer<typeof manifestSchema> = { format: 1, step, files: {} };
    for (const [name, chunks] of Object.entries(files)) {
      manifest.files[name] = await writeWhole(fs, join(temporary, name), chunks);
    }
    await writeWhole(fs, join(temporary, 'manifest.json'), [
      Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
    ]);
    await syncFolder(fs, temporary);

    const taken = (await listCheckpoints(folder, fs)).filter((place) => place.step === step);
    const revision = taken.length === 0 ? 0 : Math.max(...taken.map((place) => place.revision)) + 1;
    const path = join(folder, revision === 0 ? `${step}` : `${step}.${revision}`);
    await fs.rename(temporary, path);
    await syncFolder(fs, folder);
    return { step, revision, path };
  } catch (error) {
    await fs.rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

/** Newest first; a folder that is not there has none. */
export async function listCheckpoints(
  folder: string,
  fs: FileSystem = realFileSystem,
): Promise<CheckpointPlace[]> {
  const places: CheckpointPlace[] = [];
  for (const name of await namesIn(folder, fs)) {
    const match = folderPattern.exec(name);
    if (match)
      places.push({ step: Number(match[1]), revision: Number(match[2] ?? 0), path: join(folder, name) });
  }
  return places.sort((a, b) => b.step - a.step || b.revision - a.revision);
}

/** Reads one checkpoint and verifies every byte; throws a sentence saying what is wrong. */
export async function readCheckpoint(
  place: CheckpointPlace,
  fs: FileSystem = realFileSystem,
): Promise<Checkpoint> {
  const manifest = manifestSchema.parse(
    JSON.parse(await fs.readFile(join(place.path, 'manifest.json'), 'utf8')),
  );
  if (manifest.step !== place.step) throw new Error(`${place.path} holds step ${manifest.step}`);
  const read = async (name: string): Promise<Buffer> => {
    const expected = manifest.files[name];
    if (!expected) throw new Error(`${name} is not in the manifest of ${place.path}`);
    const path = join(place.path, name);
    const { size } = await fs.stat(path);
    if (size !== expected.bytes) throw new Error(`${path} has ${size} bytes instead of ${expected.bytes}`);
    const bytes = await fs.readFile(path);
    if (createHash('sha256').update(bytes).digest('hex') !== expected.sha256)
      throw new Error(`${path} was changed`);
    return bytes;
  };
  const weights = decodeSafetensors(await read('weights.safetensors'));
  const slots = decodeSafetensors(await read('slots.safetensors'));
  const trainer = trainerStateSchema.parse(JSON.parse((await read('state.json')).toString('utf8')));
  const running = new Set(z.array(z.string()).parse(JSON.parse(weights.metadata.state ?? '[]')));
  const tensors = new Map<string, StateTensor>();
  for (const [key, value] of weights.tensors)
    tensors.set(key, { ...value, role: running.has(key) ? 'state' : 'weight' });
  for (const [key, value] of slots.tensors) tensors.set(key, { ...value, role: 'slot' });
  return { place, session: { step: manifest.step, tensors }, trainer };
}

/** The newest checkpoint that verifies, `preferredStep` first where given; null where there is none. */
export async function readNewestCheckpoint(
  folder: string,
  options: { preferredStep?: number | null; fs?: FileSystem } = {},
): Promise<Checkpoint | null> {
  const fs = options.fs ?? realFileSystem;
  const places = await listCheckpoints(folder, fs);
  const preferred = places.filter((place) => place.step === options.preferredStep);
  for (const place of [...preferred, ...places.filter((place) => place.step !== options.preferredStep)]) {
    try {
      return await readCheckpoint(place, fs);
    } catch {
      // A damaged checkpoint is as good as none: the one before it is next.
    }
  }
  return null;
}

/** Keeps the newest `keep` and the one of `bestStep`; removes the others and what broken writes left. */
export async function pruneCheckpoints(
  folder: string,
  options: { keep: number; bestStep: number | null },
  fs: FileSystem = realFileSystem,
): Promise<void> {
  const seen = new Set<number>();
  for (const place of await listCheckpoints(folder, fs)) {
    const superseded = seen.has(place.step);
    const kept = !superseded && (seen.size < options.keep || place.step === options.bestStep);
    seen.add(place.step);
    // Renamed first: an end in the middle of removing it must not leave half a checkpoint.
    if (!kept) await fs.rename(place.path, join(folder, `.tmp-removed-${randomBytes(6).toString('hex')}`));
  }
  for (const name of await namesIn(folder, fs)) {
    if (temporaryPattern.test(name)) await fs.rm(join(folder, name), { recursive: true, force: true });
  }
}

async function namesIn(folder: string, fs: FileSystem): Promise<string[]> {
  try {
    return await fs.readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
