import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataConsent } from '#main/services/data/dataConsent.ts';
import { createDataSources } from '#main/services/data/dataSources.ts';
import { dataPaths, findResourcePaths } from '#main/services/paths.ts';
import { createSettings } from '#main/services/settings.ts';
import { startTraining } from '#main/services/startTraining.ts';
import { isRunActive } from '#shared/protocol/run.ts';
import { cnnResidual } from '#shared/templates/cnn-residual.ts';

const asked = process.env.NEUROLOOM_BENCH_TRAINING === '1';
/** What may take so many times as long while a network trains. */
export const limitFactor = asked ? 2 : 1;

/**
 * Measures, where NEUROLOOM_BENCH_TRAINING=1 asks for it beside a training at full rate, begun before as a window
 * begins one: in an engine at lowered priority.
 */
export async function besideTraining(measure: () => Promise<void>): Promise<void> {
  if (!asked) return measure();
  const folder = mkdtempSync(join(tmpdir(), 'neuroloom-bench-training-'));
  const data = dataPaths(folder);
  const settings = createSettings(data.settingsPath);
  const sources = createDataSources(createDataConsent({ settings, home: folder }), data.cacheDir);
  const resources = findResourcePaths();
  const training = startTraining({ resources, data, settings: await settings.get(), sources });
  let ended = '';
  const begun = new Promise<void>((resolve, reject) => {
    training.subscribe((told) => {
      if (told.type !== 'run') return;
      const { event } = told;
      if (event.type === 'progress') resolve();
      if (event.type !== 'state' || isRunActive(event.state)) return;
      ended = `the training ended early: ${event.failure?.message ?? event.state}`;
      reject(new Error(ended));
    });
  });
  try {
    await training.call('run.start', {
      document: { ...cnnResidual.document, training: { ...cnnResidual.document.training, epochs: 100 } },
    });
    await begun;
    await measure();
    if (ended !== '') throw new Error(ended);
  } finally {
    await training.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}
