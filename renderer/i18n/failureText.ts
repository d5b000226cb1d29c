import type { HostError } from '#shared/protocol/host.ts';
import { type EngineFailure, failureDataSchema, type RuntimeNote } from '#shared/protocol/run.ts';
import { i18n } from './i18n.ts';

/** A failure as a sentence. Records of older runs, and codes of a newer engine, have their message alone. */
export function failureText(failure: Pick<EngineFailure, 'code' | 'data' | 'message'>): string {
  const { code, data, message } = failure;
  if (code === undefined || !i18n.exists(`failures.${code}`)) return message;
  return i18n.t(`failures.${code}`, { ...data, defaultValue: message });
}

/** Why an engine is not in use, as a sentence; a code of a newer engine has its message alone. */
export function noteText({ code, data, message }: RuntimeNote): string {
  if (code === undefined || !i18n.exists(`runtimeNotes.${code}`)) return message;
  return i18n.t(`runtimeNotes.${code}`, { ...data, defaultValue: message });
}

/**
 * A failed call as a sentence: a failure of the engine travels in its data. What the host says of others
 * may be in another language than the window's, which has their texts by code.
 */
export function hostErrorText(error: HostError): string {
  const own = failureDataSchema.safeParse(error.data);
  if (i18n.exists(`hostFailures.${error.code}`) && own.success)
    return i18n.t(`hostFailures.${error.code}`, { ...own.data, defaultValue: error.message });
  const { code, data } = error.data ?? {};
  const values = failureDataSchema.safeParse(data);
  if (typeof code !== 'string' || !values.success) return error.message;
  return failureText({ code, data: values.data, message: error.message });
}
