import type { FailureData, RuntimeNote } from '#shared/protocol/run.ts';
import { formatRuntimeNote, type RuntimeNoteCode } from './messages.ts';

/** Why an engine is not in use, with its code, what the text is fed with, and the text in English. */
export function runtimeNote(code: RuntimeNoteCode, data: FailureData = {}): RuntimeNote {
  return { code, data, message: formatRuntimeNote(code, data) };
}
