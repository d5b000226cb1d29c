import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { loadAddon } from '#main/engine/addon/neuroloomAddon.ts';
import { createNativeOps } from '#main/engine/ops/nativeOps.ts';
import { registerTfjsNode } from '#main/engine/trace/tfjsNode.ts';
import type { Ops } from '#shared/nodes/ops.ts';
import { packPath } from '../engine/packPath.ts';
import { composedOps } from './operations/composedOps.ts';
import { OpStep, type OpWorkload } from './operations/opStep.ts';
import { opWorkloads } from './operations/opWorkloads.ts';
import { PeerProcess } from './peers/peerProcess.ts';

/**
 * Training steps (forward, backward, Adam) in our own fused operations, in the same ones composed of
 * small kernels, and in PyTorch, in turns in one run. The fastest round of each counts.
 */
const ROUNDS = Number(process.env.NEUROLOOM_BENCH_ROUNDS ?? 10);
const wanted = (process.env.NEUROLOOM_BENCH_OPERATIONS ?? Object.keys(opWorkloads).join()).split(',');
const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

interface Took {
  readonly ms: number;
  readonly processor: number;
}

async function measure(
  workload: OpWorkload,
  variants: Readonly<Record<string, Ops>>,
  torch: PeerProcess | undefined,
) {
  const addon = loadAddon(join(packPath, 'addon', 'neuroloom.node'));
  const runs: Record<string, (steps: number) => Promise<Took>> = {};
  const open: OpStep[] = [];
  const { peer } = workload;
  const facts: Record<string, string> = {};
  for (const [name, ops] of Object.entries(variants)) {
    const start = performance.now();
    const step = await OpStep.create(addon, ops, workload, availableParallelism());
    const traced = performance.now() - start;
    await step.time(1);
    const first = performance.now() - start - traced;
    facts[name] =
      `${step.operations} operations, traced in ${round(traced, 0)} ms, first step ${round(first, 0)} ms`;
    runs[name] = (steps) => step.time(steps);
    open.push(step);
  }
  if (torch && peer)
    runs.torch = async (steps) => {
      const answer = await torch.run(peer, steps);
      return { ms: 'ms' in answer ? answer.ms : Number.NaN, processor: Number.NaN };
    };
  const fastest: Record<string, Took> = {};
  for (const [name, run] of Object.entries(runs)) fastest[name] = await run(2);
  const steps = Math.max(1, Math.round(120 / (fastest.fused?.ms ?? 10)));
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    for (const [name, run] of Object.entries(runs)) {
      const { ms, processor } = await run(steps);
      const known = fastest[name] ?? { ms, processor };
      fastest[name] = { ms: Math.min(known.ms, ms), processor: Math.min(known.processor, processor) };
    }
  }
  for (const step of open) step.close();
  const { fused } = fastest;
  if (!fused) throw new Error('nothing was measured');
  return {
    workload: workload.name,
    ...Object.fromEntries(Object.entries(fastest).map(([name, { ms }]) => [`${name} ms`, round(ms, 3)])),
    ...Object.fromEntries(
      Object.entries(fastest).flatMap(([name, { ms, processor }]) =>
        name === 'fused'
          ? []
          : [
              [`fused/${name}`, round(fused.ms / ms)],
              ...(Number.isFinite(processor)
                ? [[`processor, fused/${name}`, round(fused.processor / processor)]]
                : []),
            ],
      ),
    ),
    facts,
  };
}

async function run(): Promise<void> {
  await registerTfjsNode(loadAddon(join(packPath, 'addon', 'neuroloom.node')));
  const torch =
    process.env.NEUROLOOM_BENCH_PEERS === '0'
      ? undefined
      : new PeerProcess({ name: 'torch', script: 'torch_peer.py', mode: 'eager' });
  const results = [];
  for (const id of wanted) {
    const workload = opWorkloads[id];
    if (!workload) throw new Error(`no workload ${id}; there are ${Object.keys(opWorkloads)}`);
    results.push(
      await measure(
        workload,
        { composed: composedOps(), fused: createNativeOps({ addonKernels: true }) },
        torch,
      ),
    );
  }
  torch?.end();
  console.table(results.map(({ facts: _, ...rest }) => rest));
  for (const { workload, facts } of results) console.log(workload, facts);
  const folder = join(process.cwd(), 'bench-results');
  mkdirSync(folder, { recursive: true });
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, load: loadavg() };
  writeFileSync(
    join(folder, 'operations.json'),
    `${JSON.stringify({ at: new Date().toISOString(), machine, rounds: ROUNDS, results }, null, 2)}\n`,
  );
}

void run();
