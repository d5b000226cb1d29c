import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createCoreOps } from '#main/engine/ops/coreOps.ts';
import type { Runtime, Session } from '#main/engine/runtime.ts';
import { EagerSession } from '#main/engine/runtimes/eager/eagerSession.ts';
import { NATIVE_EAGER_BACKEND } from '#main/engine/trace/tfjsNode.ts';
import { nativeRuntime, ratesOf, startSession } from '../engine/traceSupport.ts';
import { preparePython, pythonPath } from '../parity/pythonJudge.ts';
import { PeerProcess, peers } from './peers/peerProcess.ts';
import type { Workload } from './peers/workloadSupport.ts';
import { workloads } from './peers/workloads.ts';
import { bestOfRounds, type Contender } from './rounds.ts';
import { writeReport } from './writeReport.ts';

/**
 * A training step of Neuroloom beside the same forward functions run operation by operation (as
 * TensorFlow.js does) and beside PyTorch and Keras in their own processes, all in turns in one run.
 */
const ROUNDS = 7;
/** Milliseconds that one round of one contender should last. */
const ROUND_LENGTH = 250;
const TRACED = 'neuroloom';
const EAGER = 'tfjs eager';

function timed(session: Session, workload: Workload, rates: Record<string, number>): Contender['run'] {
  return async (steps) => {
    const start = performance.now();
    for (let i = 0; i < steps; i += 1) await session.trainStep(workload.batch, rates);
    return (performance.now() - start) / steps;
  };
}

async function eagerSession(native: Runtime, workload: Workload): Promise<Session> {
  const runtime: Runtime = {
    info: native.info,
    createSession: async (plan, options) =>
      new EagerSession({
        backend: NATIVE_EAGER_BACKEND,
        ops: createCoreOps(),
        info: native.info,
        plan,
        options,
      }),
  };
  return startSession(runtime, workload.plan());
}

interface Measured {
  readonly workload: string;
  /** Milliseconds of the first step, tracing included. */
  readonly compileMs: number;
  readonly ms: Readonly<Record<string, number>>;
  readonly failed: Readonly<Record<string, string>>;
}

async function measure(
  workload: Workload,
  native: Runtime,
  startPeers: () => ReadonlyMap<string, PeerProcess>,
): Promise<Measured> {
  const plan = workload.plan();
  const rates = ratesOf(plan);
  const began = performance.now();
  const traced = await startSession(native, plan);
  await traced.trainStep(workload.batch, rates);
  const compileMs = performance.now() - began;
  const eager = await eagerSession(native, workload);
  const processes = startPeers();
  const contenders: Contender[] = [
    { name: TRACED, run: timed(traced, workload, rates) },
    { name: EAGER, run: timed(eager, workload, rates) },
    ...[...processes].map(([name, process]) => ({
      name,
      run: async (steps: number) => {
        const answer = await process.run(workload.id, steps);
        return 'ms' in answer ? answer.ms : answer.error;
      },
    })),
  ];
  const { ms, failed } = await bestOfRounds(contenders, { rounds: ROUNDS, roundLength: ROUND_LENGTH });
  for (const process of processes.values()) process.end();
  traced.dispose();
  eager.dispose();
  return { workload: workload.id, compileMs, ms, failed };
}

const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

function table(results: readonly Measured[]): string {
  const names = [TRACED, EAGER, ...peers.map(({ name }) => name)];
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const figure = (value: number | undefined) => (value === undefined ? '–' : value.toPrecision(3));
  const ratios = (peer: string) =>
    results.flatMap(({ ms }) => {
      const ours = ms[TRACED];
      const theirs = ms[peer];
      return ours !== undefined && theirs !== undefined ? [ours / theirs] : [];
    });
  return [
    row(['ms per step', ...names, 'to torch', 'first step']),
    row(new Array(names.length + 3).fill('---')),
    ...results.map(({ workload, ms, compileMs }) =>
      row([
        workload,
        ...names.map((name) => figure(ms[name])),
        figure((ms[TRACED] ?? Number.NaN) / (ms.torch ?? Number.NaN)),
        `${Math.round(compileMs)}`,
      ]),
    ),
    row([
      'neuroloom to it, geometric mean',
      ...names.map((name) => (ratios(name).length > 0 ? figure(geometricMean(ratios(name))) : '–')),
      '',
      '',
    ]),
  ].join('\n');
}

async function run(): Promise<void> {
  const { values: options } = parseArgs({
    options: {
      'install-peers': { type: 'boolean' },
      'install-only': { type: 'boolean' },
      'without-peers': { type: 'boolean' },
      workloads: { type: 'string' },
    },
  });
  if (options['install-peers']) {
    for (const requirements of ['requirements-torch.txt', 'requirements.txt']) {
      console.log(`installing tests/parity/${requirements}`);
      await preparePython(requirements);
    }
  }
  if (options['install-only']) return;
  const wanted = options.workloads?.split(',');
  const chosen = workloads.filter(({ id }) => !wanted || wanted.includes(id));
  const native = await nativeRuntime();
  const havePeers = !options['without-peers'] && existsSync(pythonPath);
  if (!existsSync(pythonPath)) {
    console.log('PyTorch and Keras are left out: `npm run bench -- --install-peers` installs them.');
  }
  const results: Measured[] = [];
  for (const workload of chosen) {
    // New processes for each workload, so that none carries another's memory; they start when the first step,
    // which is timed too, is over.
    const measured = await measure(
      workload,
      native,
      () => new Map(havePeers ? peers.map((peer) => [peer.name, new PeerProcess(peer)] as const) : []),
    );
    results.push(measured);
    console.log(measured);
  }
  writeReport('peers', { runtime: native.info, rounds: ROUNDS, results }, table(results));
  console.log(table(results));
}

void run();
