import type { HostError } from '#shared/protocol/host.ts';
import type { FailureData } from '#shared/protocol/run.ts';
import { errorCode, fileFailure, hostFailure } from '../hostFailure.ts';
import type { FailureCode } from '../messages.ts';

/** An expected failure on its way up through the steps of a task; the task's edge turns it into a value. */
export class PackFailure extends Error {
  readonly failure: HostError;
  constructor(code: FailureCode, data: FailureData = {}) {
    const { error } = hostFailure(code, data);
    super(error.message);
    this.name = 'PackFailure';
    this.failure = error;
  }
}

/** What a task failed with; `path` is the folder that it worked in. Throws what nobody foresaw. */
export function toPackError(error: unknown, path: string): HostError {
  if (error instanceof PackFailure) return error.failure;
  if (error instanceof Error && error.name === 'AbortError')
    return hostFailure('runtime-task-cancelled').error;
  if (errorCode(error) !== '') return fileFailure(error, path).error;
  throw error;
}
