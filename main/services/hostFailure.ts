import type { HostError } from '#shared/protocol/host.ts';
import { fail } from '#shared/protocol/problem.ts';
import type { FailureData } from '#shared/protocol/run.ts';
import { type FailureCode, formatFailure } from './messages.ts';

/** A failed call as a value, with its text: what it is, then what to do. */
export function hostFailure(code: FailureCode, data: FailureData = {}): { ok: false; error: HostError } {
  return fail({ code, message: formatFailure(code, data), data });
}

/** `ENOSPC`, `EACCES`… of a failed system call; an empty text where there is none. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

const codeOfSystemError: Readonly<Record<string, FailureCode>> = {
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  EROFS: 'read-only',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EISDIR: 'is-a-folder',
  EEXIST: 'exists',
  ENAMETOOLONG: 'name-too-long',
  ELOOP: 'outside-root',
  EBUSY: 'file-busy',
  EMFILE: 'too-many-open-files',
  ENFILE: 'too-many-open-files',
};

/** The failure of a system call on `path`, in words. Anything unknown keeps the system's own text. */
export function fileFailure(error: unknown, path: string): { ok: false; error: HostError } {
  const code = codeOfSystemError[errorCode(error)];
  if (code !== undefined) return hostFailure(code, { path });
  return hostFailure('input-output', {
    path,
    detail: error instanceof Error ? error.message : String(error),
  });
}
