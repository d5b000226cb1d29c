import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { loadAddon } from '#main/engine/addon/neuroloomAddon.ts';
import { createNativeOps } from '#main/engine/ops/nativeOps.ts';
import type { Runtime } from '#main/engine/runtime.ts';
import { createCpuRuntime } from '#main/engine/runtimes/eager/cpuRuntime.ts';
import { packPath } from '../../engine/packPath.ts';
import { chainPlan, imageBatch, nativeRuntime, ratesOf, startSession } from '../../engine/traceSupport.ts';
import { type Computing, computeCase, traced } from './computing.ts';
import { kernelCases } from './kernelCases.ts';

const TOLERANCE = 1e-5;

/**
 * The addon's kernels compiled for one instruction set against TensorFlow's own operations, values and
 * gradients. Processors that lack the set take the best that they have. One set per process, and so per file.
 */
export function testInstructionSet(name: 'baseline' | 'avx2' | 'avx512'): void {
  const ways: Record<string, Computing> = {};
  beforeAll(() => {
    process.env.NEUROLOOM_INSTRUCTIONS = name;
    const addon = loadAddon(join(packPath, 'addon', 'neuroloom.node'));
    ways.kernels = traced(addon, createNativeOps({ addonKernels: true }));
    ways.operations = traced(addon, createNativeOps({ addonKernels: false }));
  });

  it.each(kernelCases.map((one) => [`${one.op} ${one.name}`, one] as const))('%s', async (_, one) => {
    const { kernels, operations } = ways;
    if (!kernels || !operations) throw new Error('nothing to compare');
    for (const order of [0, 1] as const) {
      const found = await computeCase(kernels, one, order);
      const wanted = await computeCase(operations, one, order);
      expect(found.map(({ shape }) => shape)).toEqual(wanted.map(({ shape }) => shape));
      for (const [index, { data }] of wanted.entries()) {
        const scale = data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
        const worst = data.reduce(
          (most, value, place) => Math.max(most, Math.abs(value - (found[index]?.data[place] ?? Number.NaN))),
          0,
        );
        expect(worst / scale, `order ${order}, tensor ${index}`).toBeLessThan(TOLERANCE);
      }
    }
  });

  // Its weight of 784 × 13 numbers is the addon's to update.
  it.each(['adam', 'adamw'])('%s', async (kind) => {
    const layers = [
      { id: 'flatten', kind: 'flatten' },
      { id: 'hidden', kind: 'dense', params: { units: 13, activation: 'tanh' } },
      { id: 'output', kind: 'dense', params: { units: 10 } },
    ];
    const plan = chainPlan(layers, { id: 'optimizer', kind, params: { weightDecay: 0.01 } });
    const trained = async (runtime: Runtime) => {
      const session = await startSession(runtime, plan);
      for (let step = 0; step < 5; step += 1) await session.trainStep(imageBatch(16, step), ratesOf(plan));
      const { tensors } = await session.readState();
      session.dispose();
      return tensors.get('hidden/kernel')?.data ?? new Float32Array();
    };
    const found = await trained(await nativeRuntime());
    const wanted = await trained(createCpuRuntime());
    expect(found.length).toBe(784 * 13);
    const apart = wanted.reduce(
      (sum, value, place) => sum + Math.abs(value - (found[place] ?? Number.NaN)),
      0,
    );
    expect(apart / wanted.length).toBeLessThan(1e-6);
  });
}
