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
  if (code && storageCodes.has(code)) return { reason: 'storage', message: storageMessage(code, message) };
  // Status 8 of TensorFlow's C API; V8 throws a RangeError when an ArrayBuffer does not fit.
  if (
    /RESOURCE_EXHAUSTED|OOM when allocating|Array buffer allocation failed|Invalid typed array length/.test(
      message,
    )
  ) {
    return {
      reason: 'out-of-memory',
      message: `There is not enough memory for this network. Make the batch or the layers smaller. (${message})`,
    };
  }
  return { reason: 'runtime-error', message };
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function storageMessage(code: string, message: string): string {
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return `The disk is full. Free some space, then go on. (${message})`;
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return `The folder cannot be written to. Choose another folder or change its permissions. (${message})`;
  }
  return `A file could not be read or written. (${message})`;
}
