import { uptime } from 'node:os';

/**
 * Whether the process `pid`, which wrote something at `writtenAt` (ISO date), still runs: of this
 * user or another. A number from before the machine's last start belongs to somebody else by now.
 */
export function isProcessAlive(pid: unknown, writtenAt: string): boolean {
  if (typeof pid !== 'number' || !Number.isInteger(pid) || pid <= 0) return false;
  if (Date.parse(writtenAt) < Date.now() - uptime() * 1000) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
