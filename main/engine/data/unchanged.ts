import { hashOfSource } from '#main/services/data/hashOfSource.ts';
import { engineFailure } from '#main/services/engineFailure.ts';
import type { LookedSource, SourceFile } from '#shared/protocol/data.ts';
import { EngineError } from '../failures.ts';

/**
 * The file of a source as it was when it was looked at. What a run was trained with must not change under
 * it: splits and means would no longer be those of the run.
 */
export async function requireUnchanged(looked: LookedSource | undefined): Promise<SourceFile> {
  const file = looked?.file;
  if (!file) throw new EngineError(engineFailure('data-unavailable', 'own-data-not-read'));
  const hash = await hashOfSource(file.path).catch((error: unknown) => {
    throw new EngineError(engineFailure('data-unavailable', 'own-data-missing', { path: file.path }), {
      cause: error,
    });
  });
  if (hash === file.hash) return file;
  throw new EngineError(engineFailure('data-unavailable', 'own-data-changed', { path: file.path }));
}
