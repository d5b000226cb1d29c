import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readProgress } from '#main/services/runtimes/buildPack.ts';
import { cardLabel, listNvidiaCards } from '#main/services/runtimes/nvidiaCards.ts';
import { packEnvironment } from '#main/services/runtimes/packEnvironment.ts';

let pack: string;
beforeAll(async () => {
  pack = await mkdtemp(join(tmpdir(), 'neuroloom-cuda-'));
  for (const folder of ['lib', 'nvidia/cudnn/lib', 'nvidia/cublas/lib', 'nvidia/cuda_nvcc/bin']) {
    await mkdir(join(pack, folder), { recursive: true });
  }
});
afterAll(() => rm(pack, { recursive: true, force: true }));

const variable = process.platform === 'win32' ? 'PATH' : 'LD_LIBRARY_PATH';

it('CUDA’s libraries are on the library path, before what is there, and the compiler is named to XLA', () => {
  const environment = packEnvironment([pack], { [variable]: '/usr/own', XLA_FLAGS: '--x' });
  const libraries = ['cublas', 'cudnn'].map((name) => join(pack, 'nvidia', name, 'lib'));
  expect(environment).toEqual({
    [variable]: [...libraries, '/usr/own'].join(delimiter),
    XLA_FLAGS: `--x --xla_gpu_cuda_data_dir=${join(pack, 'nvidia', 'cuda_nvcc')}`,
  });
});

it('a pack without CUDA changes nothing', () => {
  expect(packEnvironment([join(pack, 'nothing')], { [variable]: '/usr/own' })).toEqual({});
});

it('cards are told by name and memory; none where there is no driver', async () => {
  expect(await listNvidiaCards(join(pack, 'no-such-program'))).toEqual([]);
  const cards = [{ name: 'NVIDIA GeForce RTX 3060', memoryBytes: 12288 * 2 ** 20 }];
  expect(cardLabel(cards)).toBe('NVIDIA GeForce RTX 3060 · 12 GB');
  expect(cardLabel([])).toBe('GPU');
});

it('how far a build is, is read from its lines', () => {
  expect(readProgress('  download tensorflow_cpu-2.21.0.whl: 120 MB of 274 MB')).toEqual({
    phase: 'download',
    done: 120e6,
    total: 274e6,
  });
  expect(readProgress('  unpack: 3 MB of 860 MB').phase).toBe('unpack');
  expect(readProgress('  compile the addon')).toEqual({ phase: 'build', done: null, total: null });
  expect(readProgress('  compiled in 11.0 s; trying it out').phase).toBe('try');
});
