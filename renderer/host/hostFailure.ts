import { type HostError, hostErrorSchema } from '#shared/protocol/host.ts';

import { hostErrorText } from '../i18n/failureText.ts';

/** Any rejected call as a HostError: what the host sent, or the reason the window knows itself. */
export function toHostError(cause: unknown): HostError {
  const parsed = hostErrorSchema.safeParse(cause);
  if (parsed.success) return { ...parsed.data, message: hostErrorText(parsed.data) };
  return { code: 'internal', message: cause instanceof Error ? cause.message : String(cause) };
}
