import { expect, it } from 'vitest';
import {
  findPackSource,
  nvidiaTarget,
  packIds,
  tensorflowEntries,
} from '../../../scripts/runtimePack/packSources.mjs';

const cuda = () => {
  const source = findPackSource('tensorflow-cuda', 'linux-x64');
  if (!source) throw new Error('there is no CUDA pack for Linux');
  return source;
};

it('every wheel is pinned by size and SHA-256, under a name that its requirement and tag agree with', () => {
  for (const id of packIds) {
    for (const platform of ['linux-x64', 'linux-arm64', 'darwin-arm64']) {
      const source = findPackSource(id, platform);
      for (const wheel of source ? [source.wheel, ...source.nvidia] : []) {
        const [project = '', version = ''] = wheel.requirement.split('==');
        expect(wheel.file.startsWith(`${project.replaceAll('-', '_')}-${version}-`), wheel.file).toBe(true);
        expect(wheel.file).toContain(wheel.platformTag);
        expect(wheel.sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(wheel.bytes).toBeGreaterThan(1e6);
      }
    }
  }
});

it('the CUDA pack is made of TensorFlow and of what its wheel names for CUDA', () => {
  expect(cuda().nvidia.map(({ requirement }) => requirement.split('==')[0])).toEqual([
    'nvidia-cublas-cu12',
    'nvidia-cuda-cupti-cu12',
    'nvidia-cuda-nvcc-cu12',
    'nvidia-cuda-nvrtc-cu12',
    'nvidia-cuda-runtime-cu12',
    'nvidia-cudnn-cu12',
    'nvidia-cufft-cu12',
    'nvidia-curand-cu12',
    'nvidia-cusolver-cu12',
    'nvidia-cusparse-cu12',
    'nvidia-nccl-cu12',
    'nvidia-nvjitlink-cu12',
  ]);
  const wheels = [cuda().wheel, ...cuda().nvidia].reduce((sum, { bytes }) => sum + bytes, 0);
  expect(cuda().neededBytes).toBeGreaterThan(2 * wheels);
});

it('of NVIDIA’s wheels it takes libraries, the compiler’s programs and the licences, each in its place', () => {
  const wheel = 'nvidia_cudnn_cu12-9.28.0.42-py3-none-manylinux_2_27_x86_64.whl';
  const target = (entry: string) => nvidiaTarget(entry, wheel);
  expect(target('nvidia/cudnn/lib/libcudnn.so.9')).toBe('nvidia/cudnn/lib/libcudnn.so.9');
  expect(target('nvidia/cuda_nvcc/bin/ptxas')).toBe('nvidia/cuda_nvcc/bin/ptxas');
  expect(target('nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc')).toBe(
    'nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc',
  );
  expect(target('nvidia_cudnn_cu12-9.28.0.42.dist-info/License.txt')).toBe(
    'licences/nvidia_cudnn_cu12-License.txt',
  );
  expect(target('nvidia/cudnn/include/cudnn.h')).toBeNull();
  expect(target('nvidia/cudnn/lib/libcudnn_static.a')).toBeNull();
  expect(target('nvidia/cudnn/lib/../../../../etc/cron.d/x.so')).toBeNull();
  expect(target('nvidia/cudnn/__init__.py')).toBeNull();
});

it('of TensorFlow’s wheel it takes the libraries and the licences', () => {
  expect([...tensorflowEntries(cuda()).values()]).toEqual([
    'lib/libtensorflow_cc.so.2',
    'lib/libtensorflow_framework.so.2',
    'licences/tensorflow-LICENSE.txt',
    'licences/tensorflow-THIRD_PARTY_NOTICES.txt',
  ]);
});
