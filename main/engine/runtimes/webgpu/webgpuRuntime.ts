import * as tf from '@tensorflow/tfjs-core';
import { engineFailure } from '#main/services/engineFailure.ts';
import type { RuntimeInfo, RuntimeNote } from '#shared/protocol/run.ts';
import { EngineError } from '../../failures.ts';
import { createWebGpuOps } from '../../ops/webGpuOps.ts';
import type { Runtime } from '../../runtime.ts';
import { EagerSession } from '../eager/eagerSession.ts';
import { cardName } from './cardName.ts';
import { loadDawn } from './dawn.ts';
import { quicken } from './quickBackend.ts';

const BACKEND = 'webgpu';

/** What TensorFlow.js' kernels use beyond the least that every adapter has. */
const wantedLimits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

type Adapter = GPUAdapter & { readonly info: GPUAdapterInfo };

interface OpenDevice {
  readonly adapter: GPUAdapterInfo;
  /** Throws where the card has failed since: WebGPU reports it beside the calls, which go on with wrong numbers. */
  check(): void;
  /** Gives the card back; the backend cannot be used any more. */
  close(): void;
}

let opened: Promise<OpenDevice> | undefined;

/**
 * The graphics card through WebGPU: the same forward functions as everywhere, each operation a
 * compute shader of TensorFlow.js. Throws where there is no adapter; `probeWebGpu` tells beforehand.
 */
export async function createWebGpuRuntime(
  dawnPath: string,
  notes: readonly RuntimeNote[] = [],
): Promise<Runtime & { close(): void }> {
  opened ??= openDevice(dawnPath);
  const { adapter, check, close } = await opened;
  const info: RuntimeInfo = {
    id: 'webgpu',
    label: 'TensorFlow.js 4.22 · WebGPU',
    device: cardName(adapter),
    notes: [...notes],
  };
  const ops = createWebGpuOps();
  return {
    info,
    createSession: async (plan, options) =>
      new EagerSession({ backend: BACKEND, ops, info, plan, options, check }),
    close: () => {
      opened = undefined;
      close();
    },
  };
}

async function openDevice(dawnPath: string): Promise<OpenDevice> {
  const { create, globals } = loadDawn(dawnPath);
  Object.assign(globalThis, globals);
  const gpu = create([]);
  // Loaded before `navigator.gpu` is there, or it would register a factory of its own, which is asynchronous.
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  defineNavigatorGpu(gpu);
  // tfjs' types are of a WebGPU from before `info` was an attribute.
  const adapter = (await gpu.requestAdapter({ powerPreference: 'high-performance' })) as Adapter | null;
  if (!adapter) throw new Error('WebGPU has no adapter');
  const device = await requestDevice(adapter);
  const check = watchDevice(device);
  // Small operations on values that are not yet on the card would run in JavaScript, untested there.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  const backend = new WebGPUBackend(device, adapter.info);
  quicken(backend, device);
  tf.registerBackend(BACKEND, () => backend, 0);
  return {
    adapter: adapter.info,
    check,
    close: () => {
      tf.removeBackend(BACKEND);
      device.destroy();
      defineNavigatorGpu(undefined);
    },
  };
}

function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  return adapter.requestDevice({
    requiredFeatures: [],
    requiredLimits: Object.fromEntries(wantedLimits.map((name) => [name, adapter.limits[name] ?? 0])),
  });
}

function watchDevice(device: GPUDevice): () => void {
  let fault: EngineError | undefined;
  let lost: EngineError | undefined;
  device.addEventListener('uncapturederror', (event) => {
    const { error } = event as GPUUncapturedErrorEvent;
    fault ??= new EngineError(
      error.constructor.name === 'GPUOutOfMemoryError' ||
        /out of memory|Not enough memory/i.test(error.message)
        ? engineFailure('out-of-memory', 'out-of-memory', { detail: firstLine(error.message) })
        : engineFailure('runtime-error', 'engine-error', { detail: firstLine(error.message) }),
    );
  });
  void device.lost.then(({ reason, message }) => {
    if (reason === 'destroyed') return;
    lost ??= new EngineError(
      engineFailure('runtime-error', 'gpu-lost', { detail: firstLine(message) || 'none' }),
    );
  });
  // An error belongs to what ran when it came; a lost card is lost to all that follows.
  return () => {
    const found = lost ?? fault;
    fault = undefined;
    if (found) throw found;
  };
}

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';

/** Node has a `navigator` of its own from 21 on. */
function defineNavigatorGpu(gpu: GPU | undefined): void {
  const holder = globalThis as { navigator?: object };
  if (holder.navigator === undefined) {
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true, writable: true });
  }
  Object.defineProperty(holder.navigator as object, 'gpu', { value: gpu, configurable: true });
}
