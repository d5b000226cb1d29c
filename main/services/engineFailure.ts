import type { EngineFailure, FailureData } from '#shared/protocol/run.ts';
import { type EngineFailureCode, formatEngineFailure } from './messages.ts';

/** A failure with its code, what the text is fed with, and the text in English. */
export function engineFailure(
  reason: EngineFailure['reason'],
  code: EngineFailureCode,
  data: FailureData = {},
): EngineFailure & { code: EngineFailureCode; data: FailureData } {
  return { reason, code, data, message: formatEngineFailure(code, data) };
}
