import { totalmem } from 'node:os';
import type { HostError } from '#shared/protocol/host.ts';
import { hostFailure } from './hostFailure.ts';
import type { Training } from './training.ts';

/** What stands in for the engine where its program is not there: everything but training still works. */
export function createAbsentTraining(failure: HostError): Training {
  return {
    engineStatus: () => ({
      state: 'failed',
      runtime: null,
      requested: null,
      memoryBytes: null,
      totalMemoryBytes: totalmem(),
      lastExit: { reason: failure.code, message: failure.message, at: new Date().toISOString() },
    }),
    restartEngine: () => Promise.reject(failure),
    call: () => Promise.reject(failure),
    subscribe: () => () => undefined,
    dispose: () => Promise.resolve(),
  };
}

export const engineMissing = (path: string): HostError => hostFailure('engine-missing', { path }).error;
