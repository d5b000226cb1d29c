import { Worker } from 'node:worker_threads';

/** Milliseconds between two heartbeats. */
export const HEARTBEAT_INTERVAL = 500;

/**
 * Beats from a thread of its own, through a pipe of its own, so that a long compilation on the main
 * thread is not taken for a hang, nor a hang for work: the beat tells how long the main thread has
 * been away. Each beat is a line of JSON with the resident memory, `memoryBytes`, and how long the main
 * thread has not taken a turn, `idleMs` in milliseconds. The thread is a few lines of plain JavaScript because a bundle has one file.
 */
const program = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const turn = new Float64Array(workerData.turn);
setInterval(() => {
  const beat = { memoryBytes: process.memoryUsage.rss(), idleMs: Math.max(0, Date.now() - turn[0]) };
  try { writeSync(workerData.fd, JSON.stringify(beat) + '\\n'); } catch (error) {
    if (error.code !== 'EAGAIN') process.exit(0);
  }
}, workerData.interval);
`;

/** Starts beating on file descriptor `fd`; the engine's own turns are noted four times a second. */
export function startHeartbeat(fd: number): void {
  const shared = new SharedArrayBuffer(8);
  const turn = new Float64Array(shared);
  turn[0] = Date.now();
  setInterval(() => {
    turn[0] = Date.now();
  }, HEARTBEAT_INTERVAL / 2).unref();
  const worker = new Worker(program, {
    eval: true,
    workerData: { turn: shared, fd, interval: HEARTBEAT_INTERVAL },
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  });
  worker.unref();
}
