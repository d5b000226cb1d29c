import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createNativeOps } from '#main/engine/ops/nativeOps.ts';
import type { Runtime } from '#main/engine/runtime.ts';
import { createCpuRuntime } from '#main/engine/runtimes/eager/cpuRuntime.ts';
import { EagerSession } from '#main/engine/runtimes/eager/eagerSession.ts';
import { NATIVE_EAGER_BACKEND } from '#main/engine/trace/tfjsNode.ts';
import { adam, imageBatch, nativeRuntime, planOf, ratesOf, startSession } from './traceSupport.ts';

/** A critic of images that is held to a slope of 1. */
const plan = planOf([
  { id: 'data', kind: 'mnist' },
  { id: 'pixels', kind: 'flatten', inputs: { x: 'data.image' } },
  { id: 'hidden', kind: 'dense', params: { units: 12, activation: 'tanh' }, inputs: { x: 'pixels.y' } },
  { id: 'bent', kind: 'dense', params: { units: 8, activation: 'relu' }, inputs: { x: 'hidden.y' } },
  { id: 'score', kind: 'dense', params: { units: 1 }, inputs: { x: 'bent.y' } },
  { id: 'penalty', kind: 'gradient-penalty', inputs: { score: 'score.y', x: 'pixels.y' } },
  { ...adam, inputs: { loss: 'penalty.loss' } },
]);

const runtimes: Record<string, Runtime> = {};
beforeAll(async () => {
  const native = await nativeRuntime();
  const ops = createNativeOps({ addonKernels: true });
  runtimes.traced = native;
  runtimes.eager = {
    info: native.info,
    createSession: async (given, options) =>
      new EagerSession({ backend: NATIVE_EAGER_BACKEND, ops, info: native.info, plan: given, options }),
  };
  runtimes.cpu = createCpuRuntime();
});

async function open(name: string) {
  const runtime = runtimes[name];
  if (!runtime) throw new Error(`no runtime ${name}`);
  return startSession(runtime, plan);
}

describe('a loss that is a gradient', () => {
  it('trains alike on every runtime', async () => {
    const found: Record<string, number[]> = {};
    for (const name of Object.keys(runtimes)) {
      const session = await open(name);
      const losses: number[] = [];
      for (let step = 0; step < 6; step += 1) {
        losses.push((await session.trainStep(imageBatch(4), { adam: 1e-4 })).loss);
      }
      session.dispose();
      found[name] = losses;
    }
    for (const losses of Object.values(found)) {
      for (const [step, loss] of losses.entries()) {
        const wanted = found.traced?.[step] ?? Number.NaN;
        expect(Math.abs(loss - wanted) / wanted).toBeLessThan(1e-5);
      }
    }
    expect(found.traced?.at(-1)).toBeLessThan(found.traced?.[0] ?? 0);
  });

  it.each(['traced', 'eager', 'cpu'])('is evaluated without training, %s', async (name) => {
    const session = await open(name);
    const evaluated = (await session.evaluateStep(imageBatch(4))).loss;
    const { loss } = await session.trainStep(imageBatch(4), { adam: 0 });
    expect(Math.abs(evaluated - loss) / loss).toBeLessThan(1e-6);
    session.dispose();
  });

  it.each(['eager', 'cpu'])('leaves no tensors behind, %s', async (name) => {
    const session = await open(name);
    const turn = async () => {
      await session.trainStep(imageBatch(4), ratesOf(plan));
      await session.evaluateStep(imageBatch(4));
    };
    await turn();
    const before = tf.memory().numTensors;
    await turn();
    await turn();
    expect(tf.memory().numTensors).toBe(before);
    session.dispose();
  });
});
