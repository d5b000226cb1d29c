import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { engineFailure } from '#main/services/engineFailure.ts';
import { EngineError } from '../failures.ts';
import type { Runtime } from '../runtime.ts';
import type { OpenModel } from '../train/liveRun.ts';
import { type ExportedFiles, stageExport } from './stageExport.ts';

/** The prediction as a TensorFlow SavedModel: a folder that holds `saved_model.pb`. */
export async function exportSavedModel(
  { plan, session, lock }: OpenModel,
  runtime: Runtime,
  path: string,
): Promise<ExportedFiles> {
  const write = runtime.exportSavedModel;
  if (!write) {
    throw new EngineError(
      engineFailure('runtime-error', 'saved-model-unavailable', { engine: runtime.info.label }),
    );
  }
  const state = await lock.run(() => session.readState());
  return await stageExport({
    path,
    isExport: async (existing) => (await stat(join(existing, 'saved_model.pb'))).isFile(),
    write: (staging) => write({ plan, state, dir: staging }),
  });
}
