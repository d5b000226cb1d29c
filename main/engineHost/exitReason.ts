import type { EngineFailure } from '#shared/protocol/run.ts';

/** What the host knows of an engine that ended without being asked to. */
export interface EngineExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it wrote to standard error. */
  readonly stderr: string;
  /** The host itself killed it because it gave no sign of life. */
  readonly killedAsHung: boolean;
  readonly memoryBytes: number | null;
  readonly totalMemoryBytes: number;
}

/** Above this share of the machine's memory a SIGKILL is taken for the kernel's out-of-memory killer. */
const MEMORY_SHARE = 0.6;

/** Why an engine ended, typed and in a sentence. */
export function explainExit(exit: EngineExit): Pick<EngineFailure, 'reason' | 'message'> {
  if (exit.killedAsHung) {
    return { reason: 'hung', message: 'The engine gave no sign of life any more and was ended.' };
  }
  if (/heap out of memory|std::bad_alloc|RESOURCE_EXHAUSTED/.test(exit.stderr)) {
    return {
      reason: 'out-of-memory',
      message: 'The engine ran out of memory. Make the batch or the layers smaller.',
    };
  }
  if (exit.signal === 'SIGKILL') {
    const share = (exit.memoryBytes ?? 0) / exit.totalMemoryBytes;
    return share > MEMORY_SHARE
      ? {
          reason: 'out-of-memory',
          message: `The system ended the engine, which used ${Math.round(share * 100)} % of the memory. Make the batch or the layers smaller.`,
        }
      : { reason: 'crashed', message: 'The engine was killed from outside.' };
  }
  const last = exit.stderr.trim().split('\n').at(-1) ?? '';
  const how = exit.signal ? `with ${exit.signal}` : `with code ${exit.code}`;
  return {
    reason: 'crashed',
    message: `The engine ended unexpectedly ${how}.${last ? ` Its last words: ${last}` : ''}`,
  };
}
