import { accessSync, constants, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** How often, and after how many milliseconds, a session's priority is set again: Linux takes ten a second from all. */
const AGAIN = { times: 5, afterMs: 200 };

const sessionFile = (pid: number | 'self'): string => `/proc/${pid}/autogroup`;

/**
 * Whether the processor is shared out to sessions first (Linux, where `sched_autogroup_enabled` is set): a process's
 * priority counts only within its session then, and not beside a browser that was started elsewhere. A process whose
 * priority is to count needs a session of its own, which has a priority as well.
 */
export const sharesBySession = ((): boolean => {
  try {
    accessSync(sessionFile('self'), constants.W_OK);
    return true;
  } catch {
    return false;
  }
})();

function setSessionPriority(pid: number, priority: number, left: number): void {
  try {
    writeFileSync(sessionFile(pid), `${priority}`);
  } catch (error) {
    const soon = error instanceof Error && 'code' in error && error.code === 'EAGAIN' && left > 0;
    if (soon) setTimeout(setSessionPriority, AGAIN.afterMs, pid, priority, left - 1).unref();
  }
}

/** Sets the priority of a process that was just started, in a session of its own where `sharesBySession`. */
export function setProcessPriority(pid: number, priority: number): void {
  try {
    setPriority(pid, priority);
  } catch {
    // Some sandboxes forbid it; the process then runs like any other program.
  }
  if (sharesBySession) setSessionPriority(pid, priority, AGAIN.times);
}
