import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const asked = process.env.NEUROLOOM_BENCH_TRAINING === '1';
/** What may take so many times as long while a network trains. */
export const limitFactor = asked ? 2 : 1;

/** Measures, where NEUROLOOM_BENCH_TRAINING=1 asks for it beside a training at full rate, begun before. */
export async function besideTraining(measure: () => Promise<void>): Promise<void> {
  if (!asked) return measure();
  const folder = mkdtempSync(join(tmpdir(), 'neuroloom-bench-training-'));
  const args = [
    'dist/cli/neuroloom.cjs',
    'train',
    'cnn-residual',
    '--epochs=100',
    '--json',
    '--data-dir',
    folder,
  ];
  const training = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => training.once('close', () => resolve()));
  try {
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: training.stdout }).on('line', (line) => {
        if (JSON.parse(line).event === 'progress') resolve();
      });
      void ended.then(() => reject(new Error('the training ended before its first step')));
    });
    await measure();
    if (training.exitCode !== null) throw new Error('the training ended before the measuring did');
  } finally {
    training.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}
