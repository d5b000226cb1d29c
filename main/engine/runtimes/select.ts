import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runtimeNote } from '#main/services/runtimeNote.ts';
import type { RuntimeId, RuntimeNote } from '#shared/protocol/run.ts';
import type { Runtime } from '../runtime.ts';
import { createCpuRuntime } from './eager/cpuRuntime.ts';
import { probePack } from './probePack.ts';
import { createTensorFlowRuntime } from './tensorflow/tensorflowRuntime.ts';

export interface SelectOptions {
  /** The rung asked for; null for the best that works. */
  readonly requested: RuntimeId | null;
  /** Folders that may hold runtime packs, in order of preference. */
  readonly packDirs: readonly string[];
}

/** Version of TensorFlow that the addon is compiled for. */
const TENSORFLOW_VERSION = '2.21.0';

type Rung = { runtime: Runtime } | { refused: RuntimeNote; notable: boolean };

/**
 * Walks down the ladder from the best rung, or from the one asked for, and gives the first that
 * works. Why a better one was passed over stands in its `info.notes`.
 */
export async function selectRuntime({ requested, packDirs }: SelectOptions): Promise<Runtime> {
  const ladder: readonly RuntimeId[] = ['tensorflow-cuda', 'tensorflow-cpu', 'webgpu'];
  const notes: RuntimeNote[] = [];
  const start = requested === null ? 0 : requested === 'cpu' ? ladder.length : ladder.indexOf(requested);
  for (const id of ladder.slice(start)) {
    const rung = await tryRung(id, packDirs, notes);
    if ('runtime' in rung) return rung.runtime;
    if (rung.notable) notes.push(rung.refused);
  }
  return createCpuRuntime(notes);
}

/** `notable`: worth telling. That a machine has no pack for an NVIDIA card is not. */
async function tryRung(
  id: RuntimeId,
  packDirs: readonly string[],
  notes: readonly RuntimeNote[],
): Promise<Rung> {
  if (id === 'webgpu') {
    return { refused: runtimeNote('webgpu-not-built'), notable: true };
  }
  if (id === 'cpu') return { runtime: createCpuRuntime(notes) };
  const engine = id === 'tensorflow-cuda' ? 'cuda' : 'native';
  const packPath = packDirs
    .map((dir) => join(dir, `${id}-${TENSORFLOW_VERSION}`))
    .find((path) => existsSync(join(path, 'addon', 'neuroloom.node')));
  if (!packPath) {
    return { refused: runtimeNote('pack-missing', { engine }), notable: id !== 'tensorflow-cuda' };
  }
  const problem = await probePack(packPath);
  if (problem) {
    const { how, what, detail } = problem;
    const data = { engine, path: packPath, how, what, detail };
    return { refused: runtimeNote('pack-trial-failed', data), notable: true };
  }
  return { runtime: await createTensorFlowRuntime(id, packPath, notes) };
}
