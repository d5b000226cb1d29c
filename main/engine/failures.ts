import { engineFailure } from '#main/services/engineFailure.ts';
import type { EngineFailure } from '#shared/protocol/run.ts';

/**
 * An expected failure of the engine on its way up a call stack: data that is not there, a full
 * disk, a loss that is no number. The process's edge turns it into the EngineFailure it carries.
 */
export class EngineError extends Error {
  readonly failure: EngineFailure;
  constructor(failure: EngineFailure, options?: ErrorOptions) {
    super(failure.message, options);
    this.name = 'EngineError';
    this.failure = failure;
  }
}

const places = new WeakMap<object, string>();

/** Computes the values of a node; an error keeps its path, which `placeOf` gives back. */
export function atNode<T>(path: string, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (typeof error === 'object' && error !== null && !places.has(error)) places.set(error, path);
    throw error;
  }
}

/** The node in which an error happened, where that is known. */
export const placeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null ? places.get(error) : undefined;

const storageCodes = new Set([
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EACCES',
  'EPERM',
  'EIO',
  'EMFILE',
  'EFBIG',
  'ENOENT',
]);

/** Every error as a failure with a reason; what nobody foresaw is a `runtime-error` with its own words. */
export function toFailure(error: unknown): EngineFailure {
  if (error instanceof EngineError) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  const code = errorCode(error);
  if (code && storageCodes.has(code)) return storageFailure(code, message);
  // TensorFlow's, and what V8 throws when an ArrayBuffer does not fit.
  if (
    isResourceExhausted(error) ||
    /RESOURCE_EXHAUSTED|OOM when allocating|Array buffer allocation failed|Invalid typed array length/.test(
      message,
    )
  ) {
    return engineFailure('out-of-memory', 'out-of-memory', { detail: message });
  }
  return engineFailure('runtime-error', 'engine-error', { detail: message });
}

/** TF_RESOURCE_EXHAUSTED, which the addon gives as a number. */
const isResourceExhausted = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 8;

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function storageFailure(code: string, detail: string): EngineFailure {
  if (code === 'ENOSPC' || code === 'EDQUOT') return engineFailure('storage', 'disk-full', { detail });
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return engineFailure('storage', 'folder-not-writable', { detail });
  }
  return engineFailure('storage', 'file-not-usable', { detail });
}
