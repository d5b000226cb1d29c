import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import type { Runtime, Session } from '#main/engine/runtime.ts';
import { createCpuRuntime } from '#main/engine/runtimes/eager/cpuRuntime.ts';
import { selectBackend } from '#main/engine/trace/selectBackend.ts';
import { packPath } from '../engine/packPath.ts';
import { nativeRuntime, ratesOf, startSession } from '../engine/traceSupport.ts';
import { webGpuRuntime } from '../engine/webGpuSupport.ts';
import { pythonPath } from '../parity/pythonJudge.ts';
import { cudaPeer, PeerProcess, peers } from './peers/peerProcess.ts';
import type { Workload } from './peers/workloadSupport.ts';
import { workloads } from './peers/workloads.ts';
import { bestOfRounds, type Contender } from './rounds.ts';
import { writeReport } from './writeReport.ts';

/**
 * A training step on the graphics card through WebGPU beside the other rungs of the ladder and beside
 * PyTorch, on the processor and on an NVIDIA card. WebGPU's and PyTorch's numbers are of full single precision.
 */
const ROUNDS = 5;
/** Milliseconds that one round of one contender should last. */
const ROUND_LENGTH = 200;
/** In plain JavaScript the others take minutes. */
const SMALL = ['mlp', 'cnn', 'gpt'];

interface Measured {
  readonly workload: string;
  /** Milliseconds of WebGPU's first step, its shaders compiled. */
  readonly firstStepMs: number;
  /** Shaders that one step starts on the card, and buffers that it makes there. */
  readonly shaders: number;
  readonly buffers: number;
  /** Share of a step in which this process computes. */
  readonly processorShare: number;
  /** Tensors and bytes on the card that 20 steps leave behind: none. */
  readonly left: { readonly tensors: number; readonly bytes: number };
  readonly ms: Readonly<Record<string, number>>;
  readonly failed: Readonly<Record<string, string>>;
}

async function run(): Promise<void> {
  const { values: options } = parseArgs({
    options: {
      'without-peers': { type: 'boolean' },
      'webgpu-only': { type: 'boolean' },
      workloads: { type: 'string' },
    },
  });
  const webgpu = await webGpuRuntime();
  if (!webgpu) {
    console.error('This machine has no graphics card that WebGPU can use.');
    process.exitCode = 1;
    return;
  }
  const others = options['webgpu-only'] ? [] : await otherRungs();
  const ofTorch = peers.filter(({ name }) => name === 'torch').concat(cudaPeer);
  const torch = options['webgpu-only'] || options['without-peers'] || !existsSync(pythonPath) ? [] : ofTorch;
  const processes = torch.map((peer) => ({ name: peer.name, process: new PeerProcess(peer) }));
  const wanted = options.workloads?.split(',');
  const results: Measured[] = [];
  for (const workload of workloads.filter(({ id }) => !wanted || wanted.includes(id))) {
    const peersOfIt = processes.map(({ name, process }) => ({ name, run: ofPeer(process, workload.id) }));
    results.push(await measure(workload, webgpu, others, peersOfIt));
    console.log(JSON.stringify(results.at(-1)));
  }
  for (const { process } of processes) process.end();
  writeReport('webgpu', { runtime: webgpu.info, rounds: ROUNDS, results }, table(results));
  console.log(`${webgpu.info.device}\n${table(results)}`);
  webgpu.close();
}

async function otherRungs(): Promise<Runtime[]> {
  return [...(existsSync(packPath) ? [await nativeRuntime()] : []), createCpuRuntime()];
}

const ofPeer =
  (process: PeerProcess, workload: string): Contender['run'] =>
  async (steps) => {
    const answer = await process.run(workload, steps);
    return 'ms' in answer ? answer.ms : answer.error;
  };

async function measure(
  workload: Workload,
  webgpu: Runtime,
  others: readonly Runtime[],
  peersOfIt: readonly Contender[],
): Promise<Measured> {
  const plan = workload.plan();
  const rates = ratesOf(plan);
  const session = await startSession(webgpu, plan);
  const steps = (of: Session): Contender['run'] => {
    return async (count) => {
      const start = performance.now();
      for (let i = 0; i < count; i += 1) await of.trainStep(workload.batch, rates);
      return (performance.now() - start) / count;
    };
  };
  const onCard = steps(session);
  const firstStepMs = Number(await onCard(1));
  await onCard(1);
  const { shaders, buffers } = await countOnCard(() => onCard(1));
  const sessions: Session[] = [];
  const contenders: Contender[] = [{ name: 'webgpu', run: onCard }];
  for (const runtime of others) {
    if (runtime.info.id === 'cpu' && !SMALL.includes(workload.id)) continue;
    const other = await startSession(runtime, plan);
    sessions.push(other);
    contenders.push({ name: runtime.info.id, run: steps(other) });
  }
  const { ms, failed } = await bestOfRounds([...contenders, ...peersOfIt], {
    rounds: ROUNDS,
    roundLength: ROUND_LENGTH,
  });
  for (const other of sessions) other.dispose();
  selectBackend('webgpu');
  const before = tf.memory();
  const began = { at: performance.now(), used: process.cpuUsage() };
  await onCard(20);
  const { user, system } = process.cpuUsage(began.used);
  const processorShare = (user + system) / 1000 / (performance.now() - began.at);
  const after = tf.memory();
  session.dispose();
  return {
    workload: workload.id,
    firstStepMs: Math.round(firstStepMs),
    shaders,
    buffers,
    processorShare: Number(processorShare.toFixed(2)),
    left: { tensors: after.numTensors - before.numTensors, bytes: after.numBytes - before.numBytes },
    ms,
    failed,
  };
}

async function countOnCard(work: () => Promise<unknown>): Promise<{ shaders: number; buffers: number }> {
  selectBackend('webgpu');
  const backend = tf.backend() as unknown as {
    recordAndSubmit(...args: unknown[]): void;
    readonly bufferManager: { readonly device: GPUDevice };
  };
  const stopShaders = countCalls(backend, 'recordAndSubmit');
  const stopBuffers = countCalls(backend.bufferManager.device, 'createBuffer');
  await work();
  return { shaders: stopShaders(), buffers: stopBuffers() };
}

/** Counts the calls of a method until the returned function is called, which tells how many there were. */
function countCalls(target: object, name: string): () => number {
  const original: unknown = Reflect.get(target, name);
  if (typeof original !== 'function') throw new Error(`${name} is no method`);
  let count = 0;
  const value = (...args: unknown[]): unknown => {
    count += 1;
    return Reflect.apply(original, target, args);
  };
  Object.defineProperty(target, name, { value, configurable: true });
  return () => {
    Reflect.deleteProperty(target, name);
    return count;
  };
}

function table(results: readonly Measured[]): string {
  const names = [
    ...new Set(results.flatMap(({ ms, failed }) => [...Object.keys(ms), ...Object.keys(failed)])),
  ];
  const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [
    row(['ms per step', ...names, 'shaders', 'buffers made', 'first step']),
    row(new Array(names.length + 4).fill('---')),
    ...results.map(({ workload, ms, shaders, buffers, firstStepMs }) =>
      row([workload, ...names.map((name) => ms[name]?.toPrecision(3) ?? '–'), shaders, buffers, firstStepMs]),
    ),
  ].join('\n');
}

void run();
