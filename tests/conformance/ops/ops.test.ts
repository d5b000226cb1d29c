import '@tensorflow/tfjs-backend-cpu';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAddon } from '#main/engine/addon/neuroloomAddon.ts';
import { createCoreOps } from '#main/engine/ops/coreOps.ts';
import { createNativeOps } from '#main/engine/ops/nativeOps.ts';
import { createWebGpuOps } from '#main/engine/ops/webGpuOps.ts';
import { NATIVE_EAGER_BACKEND, registerTfjsNode } from '#main/engine/trace/tfjsNode.ts';
import type { TensorValue } from '#shared/protocol/run.ts';
import { packPath } from '../../engine/packPath.ts';
import { webGpuRuntime } from '../../engine/webGpuSupport.ts';
import { namedRungs, wantedRungs } from '../wantedRungs.ts';
import { type Computing, computeCase, differences, differentiable, eagerly, traced } from './computing.ts';
import type { OpCase } from './opCase.ts';
import { opCases } from './opCases.ts';

/** Ways to compute, the first of them the one that the others are compared with. */
const ways: Record<string, Computing> = {};
/** Operations that the addon has kernels for: without them they go another way. */
const ofAddon = new Set([
  ...['simpleRnn', 'lstm', 'gru', 'matMul', 'affine'],
  ...['gelu', 'silu', 'layerNorm', 'rmsNorm', 'sparseSoftmaxCrossEntropy'],
]);
let closeWebGpu = () => {};
beforeAll(async () => {
  const wanted = wantedRungs(['native', 'eager', 'cpu', 'webgpu']);
  if (wanted.includes('native')) {
    const addon = loadAddon(join(packPath, 'addon', 'neuroloom.node'));
    await registerTfjsNode(addon);
    ways.traced = traced(addon, createNativeOps({ addonKernels: true }));
    ways.eager = eagerly(NATIVE_EAGER_BACKEND, createNativeOps({ addonKernels: true }));
    ways.portable = traced(addon, createNativeOps({ addonKernels: false }));
  }
  // The finite differences are taken on it.
  ways.cpu = eagerly('cpu', createCoreOps());
  const webgpu = wanted.includes('webgpu') ? await webGpuRuntime() : null;
  if (!webgpu && namedRungs && wanted.includes('webgpu')) throw new Error('WebGPU has no adapter here');
  if (webgpu) {
    ways.webgpu = eagerly('webgpu', createWebGpuOps());
    closeWebGpu = webgpu.close;
  }
}, 60_000);
afterAll(() => closeWebGpu());

it('every operation of the list has a case', () => {
  const covered = new Set<string>(opCases.map(({ op }) => op));
  // The gradient is what every case is about.
  expect(Object.keys(createCoreOps()).filter((op) => op !== 'gradient' && !covered.has(op))).toEqual([]);
});

const TOLERANCE = 1e-5;
/** What single precision and the length of the step leave of a difference. */
const DIFFERENCE_TOLERANCE = 1e-3;

function closeTo(
  found: readonly TensorValue[],
  wanted: readonly TensorValue[],
  tolerance: number,
  what: string,
) {
  expect(
    found.map(({ shape }) => shape),
    what,
  ).toEqual(wanted.map(({ shape }) => shape));
  for (const [index, { data }] of wanted.entries()) {
    const scale = Math.max(1, ...data.map(Math.abs));
    for (const [place, value] of data.entries()) {
      const other = found[index]?.data[place] ?? Number.NaN;
      expect(
        Math.abs(other - value) <= tolerance * scale,
        `${what}: tensor ${index}, place ${place}: ${other} for ${value}`,
      ).toBe(true);
    }
  }
}

describe.each(opCases.map((one): [string, OpCase] => [`${one.op} ${one.name}`, one]))('%s', (_, one) => {
  const computeAll = async (order: 0 | 1 | 2): Promise<TensorValue[]> => {
    let wanted: TensorValue[] | undefined;
    for (const [way, compute] of Object.entries(ways)) {
      if (way === 'portable' && !ofAddon.has(one.op)) continue;
      // Slow where it is emulated: one case of each operation is differentiated twice there.
      if (way === 'webgpu' && order === 2 && opCases.find(({ op }) => op === one.op) !== one) continue;
      const found = await computeCase(compute, one, order);
      wanted ??= found;
      closeTo(found, wanted, TOLERANCE, way);
    }
    return wanted ?? [];
  };
  const checkSlopes = async (order: 1 | 2): Promise<void> => {
    const gradients = await computeAll(order);
    if (one.gradientIsItsOwn) return;
    const { cpu } = ways;
    if (!cpu) throw new Error('no reference');
    const names = differentiable(one);
    for (const { name, direction, slope, error } of await differences(cpu, one, order)) {
      const gradient = gradients[names.indexOf(name)]?.data ?? new Float32Array();
      const along = gradient.reduce((sum, value, index) => sum + value * (direction[index] ?? 0), 0);
      const scale = Math.max(1, ...gradient.map(Math.abs));
      expect(error / scale, `${name}: the differences at two distances`).toBeLessThan(
        20 * DIFFERENCE_TOLERANCE,
      );
      expect(Math.abs(along - slope) / scale, `${name}: ${along} for ${slope}`).toBeLessThan(
        DIFFERENCE_TOLERANCE,
      );
    }
  };

  it('has the same values everywhere', async () => {
    await computeAll(0);
  });
  if (one.noGradient) return;

  it('has gradients equal to finite differences', () => checkSlopes(1));

  const { refusesTwice } = one;
  if (refusesTwice !== undefined) {
    it('names what cannot be differentiated twice', async () => {
      for (const compute of Object.values(ways)) {
        await expect(computeCase(compute, one, 2)).rejects.toThrow(refusesTwice);
      }
    });
    return;
  }

  it('has second-order gradients equal to finite differences', () => checkSlopes(2));
});
