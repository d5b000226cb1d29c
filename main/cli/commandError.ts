import { formatCommandLine } from '#main/services/messages.ts';
import { hostErrorSchema } from '#shared/protocol/host.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import { type EngineFailure, engineFailureSchema } from '#shared/protocol/run.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';

/** Ends a command with a message and an exit code. */
export class CommandError extends Error {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly problems: readonly Problem[];
  constructor(options: { exitCode: ExitCode; code: string; message: string; problems?: readonly Problem[] }) {
    super(options.message);
    this.name = 'CommandError';
    this.exitCode = options.exitCode;
    this.code = options.code;
    this.problems = options.problems ?? [];
  }
}

const inputReasons: ReadonlySet<EngineFailure['reason']> = new Set([
  'invalid-graph',
  'data-unavailable',
  'storage',
]);

export function failureError(failure: EngineFailure): CommandError {
  const { reason, message, problems, resumableFromStep } = failure;
  return new CommandError({
    exitCode: inputReasons.has(reason) ? exitCodes.input : exitCodes.runtime,
    code: reason,
    message:
      resumableFromStep === undefined
        ? message
        : formatCommandLine('last-checkpoint', { message, step: resumableFromStep }),
    ...(problems && { problems }),
  });
}

/** Whatever was thrown, as the end of a command. */
export function toCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  const failure = engineFailureSchema.safeParse(error);
  if (failure.success) return failureError(failure.data);
  if (error instanceof Error) {
    return new CommandError({
      exitCode: exitCodes.runtime,
      code: 'internal',
      message: error.stack ?? error.message,
    });
  }
  const host = hostErrorSchema.safeParse(error);
  const { code, message } = host.success ? host.data : { code: 'internal', message: String(error) };
  return new CommandError({ exitCode: exitCodes.input, code, message });
}
