import type { ExportFormat } from '#shared/protocol/engine.ts';
import type { Runtime } from '../runtime.ts';
import type { OpenModel } from '../train/liveRun.ts';
import { exportSafetensors } from './exportSafetensors.ts';
import { exportSavedModel } from './exportSavedModel.ts';
import type { ExportedFiles } from './stageExport.ts';

/** Writes a run's network in one of the formats that other programs read. */
export async function exportRun(
  model: OpenModel,
  runtime: Runtime,
  format: ExportFormat,
  path: string,
): Promise<ExportedFiles> {
  switch (format) {
    case 'safetensors':
      return await exportSafetensors(model, path);
    case 'savedmodel':
      return await exportSavedModel(model, runtime, path);
  }
}
