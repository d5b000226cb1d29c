import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { cardLabel, listNvidiaCards } from '#main/services/runtimes/nvidiaCards.ts';
import type { RuntimeId, RuntimeInfo, RuntimeNote } from '#shared/protocol/run.ts';
import { loadAddon } from '../../addon/neuroloomAddon.ts';
import type { Runtime } from '../../runtime.ts';
import { exportSavedModel } from '../../targets/savedModel.ts';
import { registerTfjsNode } from '../../trace/tfjsNode.ts';
import { executions } from './sessionConfig.ts';
import { TensorFlowSession } from './tensorflowSession.ts';

/** The native runtime out of the pack in `packPath`. Throws where its library cannot be loaded. */
export async function createTensorFlowRuntime(
  id: Extract<RuntimeId, 'tensorflow-cpu' | 'tensorflow-cuda'>,
  packPath: string,
  notes: readonly RuntimeNote[] = [],
): Promise<Runtime> {
  // TensorFlow writes notices about its own build to standard error; what matters comes as errors.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  const addon = loadAddon(join(packPath, 'addon', 'neuroloom.node'));
  const backend = await registerTfjsNode(addon);
  const threads = availableParallelism();
  const cards = id === 'tensorflow-cuda' ? await listNvidiaCards() : null;
  const info: RuntimeInfo = {
    id,
    label: `TensorFlow ${addon.TF_Version}`,
    ...(cards ? { device: cardLabel(cards), cards: Math.max(1, cards.length) } : { device: 'CPU', threads }),
    notes: [...notes],
  };
  return {
    info,
    executions,
    createSession: (plan, options) =>
      TensorFlowSession.create({ addon, backend, threads, info, plan, options }),
    exportSavedModel: (args) => exportSavedModel({ addon, backend, ...args }),
  };
}
