import { findDawn } from '#main/engine/runtimes/webgpu/dawn.ts';
import { probeWebGpu } from '#main/engine/runtimes/webgpu/probeWebGpu.ts';
import { createWebGpuRuntime } from '#main/engine/runtimes/webgpu/webgpuRuntime.ts';

/** The WebGPU rung; null where this machine has no adapter, not even in software. */
export async function webGpuRuntime(): Promise<Awaited<ReturnType<typeof createWebGpuRuntime>> | null> {
  const dawn = findDawn([]);
  if (dawn === null) return null;
  return (await probeWebGpu(dawn)).works ? createWebGpuRuntime(dawn) : null;
}
