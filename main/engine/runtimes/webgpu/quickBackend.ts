import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TypedArray } from '@tensorflow/tfjs-core';

/**
 * Takes out of TensorFlow.js' backend what costs more than the computing. Every number in a formula (a rate, an
 * epsilon) is a tensor that is uploaded, and each upload went through a mapped buffer made for it and destroyed
 * after it: 1 ms with NVIDIA's driver, more than half of a training step.
 */
export function quicken(backend: WebGPUBackend, device: GPUDevice): void {
  backend.uploadToGPU = (dataId) => upload(backend, dataId);
  keepLayouts(device);
}

/**
 * The queue has a copy made at once, before what is recorded and not yet submitted. That is in order: a buffer that
 * those commands use is given to nobody else until they are submitted.
 */
function upload(backend: WebGPUBackend, dataId: object): void {
  const tensor = backend.tensorMap.get(dataId);
  if (tensor.resource) return;
  const size = 4 * tensor.shape.reduce((product, dim) => product * dim, 1);
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffer = backend.bufferManager.acquireBuffer(size, usage);
  if (tensor.values) {
    backend.queue.writeBuffer(buffer, 0, asOnCard(tensor.dtype, tensor.values as TypedArray));
  }
  Object.assign(tensor, { resource: buffer, values: null });
}

/** Truths are integers there. */
function asOnCard(dtype: string, values: TypedArray): Float32Array | Int32Array {
  const Kind = dtype === 'int32' || dtype === 'bool' ? Int32Array : Float32Array;
  return values instanceof Kind ? values : Kind.from(values);
}

/** A pipeline is asked for its layout at each start of its shader, and makes an object each time. */
function keepLayouts(device: GPUDevice): void {
  const create = device.createComputePipeline.bind(device);
  const createWithLayout = (descriptor: GPUComputePipelineDescriptor): GPUComputePipeline => {
    const pipeline = create(descriptor);
    const layout = pipeline.getBindGroupLayout(0);
    return Object.defineProperty(pipeline, 'getBindGroupLayout', { value: () => layout });
  };
  Object.defineProperty(device, 'createComputePipeline', { value: createWithLayout });
}
