import { Worker } from 'node:worker_threads';

/** Milliseconds between two heartbeats. */
export const HEARTBEAT_INTERVAL = 500;
/** Milliseconds from the end of the host to that of an engine that does not end by itself; covers a last checkpoint. */
const ORPHAN_MS = 15_000;

/**
 * Beats from a thread of its own, through a pipe of its own, so that a long compilation on the main
 * thread is not taken for a hang, nor a hang for work: the beat tells how long the main thread has
 * been away. Each beat is a line of JSON with the resident memory, `memoryBytes`, and how long the main
 * thread has not taken a turn, `idleMs` in milliseconds. Where nobody is left to read them the host is gone, and an
 * engine that cannot end by itself, since its main thread takes no turn, is killed after a while.
 * The thread is a few lines of plain JavaScript because a bundle has one file.
 */
const program = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const turn = new Float64Array(workerData.turn);
let alone = false;
setInterval(() => {
  if (alone) return;
  const beat = { memoryBytes: process.memoryUsage.rss(), idleMs: Math.max(0, Date.now() - turn[0]) };
  try { writeSync(workerData.fd, JSON.stringify(beat) + '\\n'); } catch (error) {
    if (error.code === 'EAGAIN') return;
    alone = true;
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), workerData.orphanMs);
  }
}, workerData.interval);
`;

/** Starts beating on file descriptor `fd`; the engine's own turns are noted four times a second. */
export function startHeartbeat(fd: number, orphanMs = ORPHAN_MS): void {
  const shared = new SharedArrayBuffer(8);
  const turn = new Float64Array(shared);
  turn[0] = Date.now();
  setInterval(() => {
    turn[0] = Date.now();
  }, HEARTBEAT_INTERVAL / 2).unref();
  const worker = new Worker(program, {
    eval: true,
    workerData: { turn: shared, fd, interval: HEARTBEAT_INTERVAL, orphanMs },
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  });
  worker.unref();
}
