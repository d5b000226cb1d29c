import { type FailedTrial, runTrial } from '#main/services/runtimes/runTrial.ts';

// Doubles four numbers on the adapter and prints them.
const program = `
const { writeSync } = require('node:fs');
const { create, globals } = require(process.argv[1]);
Object.assign(globalThis, globals);
const gpu = create([]);
(async () => {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    writeSync(1, 'neuroloom-no-adapter');
    process.exit(0);
  }
  const device = await adapter.requestDevice();
  const buffer = (usage) => device.createBuffer({ size: 16, usage });
  const data = buffer(GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC);
  const read = buffer(GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  device.queue.writeBuffer(data, 0, Float32Array.of(1, 2, 3, 4));
  const code = '@group(0) @binding(0) var<storage, read_write> x : array<f32>; ' +
    '@compute @workgroup_size(4) fn main(@builtin(global_invocation_id) i : vec3u) { x[i.x] = 2.0 * x[i.x]; }';
  const pipeline = device.createComputePipeline({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code }), entryPoint: 'main' },
  });
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [{ binding: 0, resource: { buffer: data } }],
  });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(1);
  pass.end();
  encoder.copyBufferToBuffer(data, 0, read, 0, 16);
  device.queue.submit([encoder.finish()]);
  await read.mapAsync(GPUMapMode.READ);
  writeSync(1, 'neuroloom-probe-' + new Float32Array(read.getMappedRange()).join(',') +
    (/swiftshader|llvmpipe|lavapipe|softpipe|warp/i.test(Object.values({ ...info(adapter) }).join(' ')) ? '-software' : ''));
  process.exit(0);
})().catch((error) => {
  writeSync(2, 'Error: ' + error.message);
  process.exit(1);
});
function info({ info: { vendor, architecture, device, description } }) {
  return { vendor, architecture, device, description };
}
`;

export type WebGpuTrial =
  /** `software`: the adapter is the processor, pretending to be a card. */
  | { readonly works: true; readonly software: boolean }
  /** The machine has no graphics card that WebGPU can use; `noVulkan` where its loader is not installed. */
  | { readonly works: false; readonly why: 'no-adapter'; readonly noVulkan: boolean }
  | { readonly works: false; readonly why: 'trial-failed'; readonly trial: FailedTrial };

/** Computes a little on the graphics card in a process of its own: a driver that crashes takes nothing with it. */
export async function probeWebGpu(dawnPath: string): Promise<WebGpuTrial> {
  const { output, errors, failed } = await runTrial({ program, argument: dawnPath });
  if (output.includes('neuroloom-probe-2,4,6,8'))
    return { works: true, software: output.includes('-software') };
  if (output.includes('neuroloom-no-adapter')) {
    return { works: false, why: 'no-adapter', noVulkan: /load Vulkan/.test(errors) };
  }
  return { works: false, why: 'trial-failed', trial: failed };
}
