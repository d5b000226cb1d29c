import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { formatCommandLine } from '#main/services/messages.ts';
import { dataPaths, findResourcePaths, runtimePackDirs } from '#main/services/paths.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import type { Output } from '../output.ts';
import { type EngineOptions, withEngine } from '../withEngine.ts';

const manifestSchema = z.looseObject({
  id: z.string(),
  libraryVersion: z.string(),
  platform: z.string(),
  arch: z.string(),
});

/** The runtime packs on this machine, and the engine that is picked. */
export async function listRuntimes(options: EngineOptions, output: Output): Promise<ExitCode> {
  for (const dir of runtimePackDirs(findResourcePaths(), dataPaths(options.dataDir))) {
    for (const name of await readdir(dir).catch(() => [])) {
      const path = join(dir, name);
      const text = await readFile(join(path, 'manifest.json'), 'utf8').catch(() => null);
      if (text === null) continue;
      const manifest = manifestSchema.parse(JSON.parse(text));
      const { id, libraryVersion, platform, arch } = manifest;
      output.result(
        { event: 'pack', id, libraryVersion, platform, arch, path },
        formatCommandLine('pack-line', { id, version: libraryVersion, platform, arch, path }),
      );
    }
  }
  return await withEngine(options, output, async ({ ready }) => {
    const info = await ready;
    const { id, label, device, notes } = info;
    output.result(
      { event: 'done', ...info },
      [formatCommandLine('in-use', { id, label, device }), ...notes.map(({ message }) => message)].join('\n'),
    );
    return exitCodes.done;
  });
}
