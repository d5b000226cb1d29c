import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { nativeRuntime, ratesOf, startSession } from '../engine/traceSupport.ts';
import { pythonPath } from '../parity/pythonJudge.ts';
import { PeerProcess, peers } from './peers/peerProcess.ts';
import { findWorkload, workloads } from './peers/workloads.ts';
import { writeReport } from './writeReport.ts';

/**
 * The most memory that training holds at any time, each workload in a process of its own, beside PyTorch's.
 * Allowed is what PyTorch needs and, on top, what the library takes by being loaded.
 */
const STEPS = 10;

const answerSchema = z.object({ library: z.number(), peak: z.number() });

/** In a process of its own: megabytes once the library is loaded, and at the most. */
async function alone(id: string): Promise<void> {
  const workload = findWorkload(id);
  const native = await nativeRuntime();
  const library = process.memoryUsage().rss / 2 ** 20;
  const plan = workload.plan();
  const session = await startSession(native, plan);
  for (let step = 0; step < STEPS; step += 1) await session.trainStep(workload.batch, ratesOf(plan));
  console.log(JSON.stringify({ library, peak: process.resourceUsage().maxRSS / 1024 }));
}

async function torchPeak(id: string): Promise<number> {
  const [eager] = peers;
  if (!eager || !existsSync(pythonPath)) return Number.NaN;
  const peer = new PeerProcess(eager);
  const answer = await peer.run(id, STEPS);
  peer.end();
  return 'ms' in answer ? answer.peakBytes / 2 ** 20 : Number.NaN;
}

async function run(): Promise<void> {
  const { values: options } = parseArgs({
    options: { workloads: { type: 'string' }, alone: { type: 'string' } },
  });
  if (options.alone !== undefined) return alone(options.alone);
  const wanted = options.workloads?.split(',');
  const results = [];
  for (const { id } of workloads.filter((one) => !wanted || wanted.includes(one.id))) {
    const script = process.argv[1];
    if (script === undefined) throw new Error('this script has no path');
    const output = execFileSync(process.execPath, [script, `--alone=${id}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const { library, peak } = answerSchema.parse(JSON.parse(output.trim().split('\n').at(-1) ?? ''));
    const torch = await torchPeak(id);
    const whole = (megabytes: number) => Math.round(megabytes);
    results.push({
      workload: id,
      library: whole(library),
      neuroloom: whole(peak),
      torch: whole(torch),
      allowed: whole(torch + library),
    });
  }
  console.table(results);
  writeReport('memory', { results });
  const over = results.filter(({ neuroloom, allowed }) => neuroloom > allowed);
  for (const { workload, neuroloom, allowed } of over) {
    console.error(`${workload}: ${neuroloom} MB, ${allowed} allowed`);
    process.exitCode = 1;
  }
}

void run();
