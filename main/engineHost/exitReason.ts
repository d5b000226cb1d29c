import { engineFailure } from '#main/services/engineFailure.ts';
import type { EngineFailure, FailureData } from '#shared/protocol/run.ts';

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

/** Why an engine ended, typed and in a sentence; `after` says what became of it. */
export function explainExit(exit: EngineExit, after: FailureData = { next: 'other' }): EngineFailure {
  if (exit.killedAsHung) {
    return engineFailure('hung', 'engine-hung', after);
  }
  if (
    /heap out of memory|std::bad_alloc|RESOURCE_EXHAUSTED|ran out of memory trying to allocate/.test(
      exit.stderr,
    )
  ) {
    return engineFailure('out-of-memory', 'engine-out-of-memory', after);
  }
  if (exit.signal === 'SIGKILL') {
    const share = (exit.memoryBytes ?? 0) / exit.totalMemoryBytes;
    return share > MEMORY_SHARE
      ? engineFailure('out-of-memory', 'engine-took-memory', { percent: Math.round(share * 100), ...after })
      : engineFailure('crashed', 'engine-killed', after);
  }
  const last = exit.stderr.trim().split('\n').at(-1) ?? '';
  const how = exit.signal ?? `code ${exit.code}`;
  return engineFailure('crashed', 'engine-crashed', { how, detail: last || 'none', ...after });
}
