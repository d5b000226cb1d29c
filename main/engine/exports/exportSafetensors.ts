import { open } from 'node:fs/promises';
import { realFileSystem, writeWhole } from '../durableFiles.ts';
import { resultTensors } from '../trace/variables.ts';
import type { OpenModel } from '../train/liveRun.ts';
import { encodeSafetensors } from './safetensors.ts';
import { type ExportedFiles, stageExport } from './stageExport.ts';

const MAKER = 'neuroloom';

/** Weights and running averages (no optimiser slots) as one safetensors file, keyed `<node>/<weight>`. */
export async function exportSafetensors(model: OpenModel, path: string): Promise<ExportedFiles> {
  const state = await model.lock.run(() => model.session.readState());
  const tensors = resultTensors(model.plan, state);
  const chunks = encodeSafetensors(tensors, { made_by: MAKER, run: model.runId, step: String(state.step) });
  return await stageExport({
    path,
    isExport: isOwnSafetensors,
    async write(staging) {
      await writeWhole(realFileSystem, staging, chunks);
    },
  });
}

/** Looks only at the beginning: a safetensors header with our mark in it. */
async function isOwnSafetensors(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
    const text = buffer.toString('latin1', 8, bytesRead);
    return text.startsWith('{"__metadata__":') && text.includes(`"made_by":"${MAKER}"`);
  } finally {
    await file.close();
  }
}
