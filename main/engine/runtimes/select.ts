import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runtimeNote } from '#main/services/runtimeNote.ts';
import { listNvidiaCards } from '#main/services/runtimes/nvidiaCards.ts';
import { packAddon, packName } from '#main/services/runtimes/packNames.ts';
import { probePack } from '#main/services/runtimes/probePack.ts';
import type { FailedTrial } from '#main/services/runtimes/runTrial.ts';
import type { RuntimeId, RuntimeNote } from '#shared/protocol/run.ts';
import type { Runtime } from '../runtime.ts';
import { createCpuRuntime } from './eager/cpuRuntime.ts';
import { createTensorFlowRuntime } from './tensorflow/tensorflowRuntime.ts';
import { findDawn } from './webgpu/dawn.ts';
import { probeWebGpu } from './webgpu/probeWebGpu.ts';
import { createWebGpuRuntime } from './webgpu/webgpuRuntime.ts';

export interface SelectOptions {
  /** The rung asked for; null for the best that works. */
  readonly requested: RuntimeId | null;
  /** Folders that may hold runtime packs, in order of preference. */
  readonly packDirs: readonly string[];
}

type Rung = { runtime: Runtime } | { refused: RuntimeNote; notable: boolean };
const refuse = (refused: RuntimeNote, notable = true): Rung => ({ refused, notable });

const ladder = ['tensorflow-cuda', 'tensorflow-cpu', 'webgpu'] as const;

/**
 * Walks down the ladder from the best rung, or from the one asked for, and gives the first that
 * works. Why a better one was passed over stands in its `info.notes`.
 */
export async function selectRuntime({ requested, packDirs }: SelectOptions): Promise<Runtime> {
  const notes: RuntimeNote[] = [];
  const start = requested === null ? 0 : requested === 'cpu' ? ladder.length : ladder.indexOf(requested);
  for (const id of ladder.slice(start)) {
    const asked = id === requested;
    const rung =
      id === 'webgpu'
        ? await tryWebGpu({ packDirs, asked, notes })
        : await tryPack(id, { packDirs, asked, notes });
    if ('runtime' in rung) return rung.runtime;
    if (rung.notable) notes.push(rung.refused);
  }
  return createCpuRuntime(notes);
}

interface TryOptions {
  readonly packDirs: readonly string[];
  /** Asked for by name, so that every reason is worth telling. */
  readonly asked: boolean;
  readonly notes: readonly RuntimeNote[];
}

async function tryPack(
  id: 'tensorflow-cuda' | 'tensorflow-cpu',
  { packDirs, asked, notes }: TryOptions,
): Promise<Rung> {
  const engine = id === 'tensorflow-cuda' ? 'cuda' : 'native';
  const path = packDirs.map((dir) => join(dir, packName(id))).find((pack) => existsSync(packAddon(pack)));
  if (!path) return packMissing(id, asked);
  const trial = await probePack({ id, path });
  if (trial.works) return { runtime: await createTensorFlowRuntime(id, path, notes) };
  if (trial.why === 'no-card') return refuse(runtimeNote('cuda-no-card'));
  if (trial.why === 'outdated') {
    return refuse(runtimeNote('pack-outdated', { engine, pack: id, operation: trial.operation }));
  }
  return refuse(runtimeNote('pack-trial-failed', { engine, path, ...trialData(trial.trial) }));
}

/** That a machine without an NVIDIA card has no pack for one is not worth telling, unless it was asked for. */
async function packMissing(id: 'tensorflow-cuda' | 'tensorflow-cpu', asked: boolean): Promise<Rung> {
  if (id === 'tensorflow-cpu') return refuse(runtimeNote('pack-missing', { engine: 'native', pack: id }));
  const [card] = await listNvidiaCards();
  if (card) return refuse(runtimeNote('cuda-pack-missing', { card: card.name, pack: id }));
  return refuse(runtimeNote('cuda-no-card'), asked);
}

/** A card in software is taken only when it is asked for. */
async function tryWebGpu({ packDirs, asked, notes }: TryOptions): Promise<Rung> {
  const dawn = findDawn(packDirs);
  if (dawn === null) {
    const platform = `${process.platform} ${process.arch}`;
    return refuse(runtimeNote('webgpu-not-here', { platform }));
  }
  const trial = await probeWebGpu(dawn);
  if (trial.works) {
    if (trial.software && !asked) return refuse(runtimeNote('webgpu-software'));
    return { runtime: await createWebGpuRuntime(dawn, notes) };
  }
  if (trial.why === 'trial-failed') return refuse(runtimeNote('webgpu-trial-failed', trialData(trial.trial)));
  return refuse(runtimeNote(trial.noVulkan ? 'webgpu-no-vulkan' : 'webgpu-no-adapter'));
}

const trialData = ({ how, what, detail }: FailedTrial) => ({ how, what, detail });
