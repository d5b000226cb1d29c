import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PlanData } from '#main/engine/data/planData.ts';
import { encodeSafetensors } from '#main/engine/exports/safetensors.ts';
import type { Runtime } from '#main/engine/runtime.ts';
import { createCpuRuntime } from '#main/engine/runtimes/eager/cpuRuntime.ts';
import type { Plan } from '#shared/compile/plan.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { nativeRuntime } from './traceSupport.ts';
import { fewToMeasure, launch, newestCheckpoint, newRun, smallNetwork, train } from './trainSupport.ts';

const runtimes: Record<string, Runtime> = {};
beforeAll(async () => {
  runtimes.native = await nativeRuntime();
  runtimes.cpu = createCpuRuntime();
});
const runtime = (name: string): Runtime => {
  const found = runtimes[name];
  if (!found) throw new Error(`no ${name}`);
  return found;
};

/** The small network with an expression between its first layer and the rest. */
function withExpression(formula: string, training: Record<string, unknown> = {}): GraphDocument {
  const document = smallNetwork(training, { kind: 'sgd', params: { learningRate: 0.01 } });
  document.nodes.push({
    id: 'formula',
    kind: 'expression',
    params: { formula },
    position: { x: 0, y: 0 },
  });
  const edge = document.edges.find(({ to }) => to.node === 'norm');
  if (!edge) throw new Error('no wire to norm');
  edge.to = { node: 'formula', port: 'a' };
  document.edges.push({ from: { node: 'formula', port: 'y' }, to: { node: 'norm', port: 'x' } });
  return document;
}

/** Training images in which one sample has a value that is no number. */
const withGap =
  (sample: number) =>
  async (plan: Plan): Promise<PlanData> => {
    const { resident: _, ...data } = await fewToMeasure(plan);
    return {
      ...data,
      shuffle: false,
      async gather(request) {
        const batch = await data.gather({ ...request, form: 'values' });
        const image = batch.values['mnist.image'];
        if (
          request.split === 'train' &&
          image &&
          request.start <= sample &&
          sample < request.start + request.size
        ) {
          image.data[(sample - request.start) * 784] = Number.NaN;
        }
        return batch;
      },
    };
  };

describe.each(['native', 'cpu'])('on %s, a run whose loss is no number', (name) => {
  it('names the node whose output went bad first', async () => {
    // Some of the rectified values are 0 in the very first batch.
    const run = await newRun(withExpression('log(a)'));
    const launched = await train(runtime(name), run);
    expect(launched.failure()).toMatchObject({
      failure: {
        reason: 'not-finite',
        nodeId: 'formula',
        message: expect.stringMatching(/output “y” of formula, in step 1\. No weight had changed/),
      },
    });
  });

  it('names the node whose gradient went bad first', async () => {
    const run = await newRun(withExpression('sqrt(a)'));
    const launched = await train(runtime(name), run);
    expect(launched.failure()).toMatchObject({
      failure: {
        nodeId: 'formula',
        data: { what: 'gradient', name: 'a' },
        message: expect.stringMatching(/gradient of a in formula, in step \d+\./),
      },
    });
  });

  it('names the data where they have a gap, and keeps what was saved before', async () => {
    const run = await newRun(smallNetwork({ checkpoints: { everySteps: 4 } }));
    const launched = await train(runtime(name), run, { openData: withGap(9 * 64 + 5) });
    expect(launched.failure()).toMatchObject({
      failure: { nodeId: 'mnist', data: { what: 'output', name: 'image', step: 10 }, resumableFromStep: 8 },
    });
    const saved = await newestCheckpoint(run);
    expect(saved.session.step).toBe(8);
    for (const { data } of saved.session.tensors.values()) expect(data.every(Number.isFinite)).toBe(true);
  });

  it('names the node where the weights that it began with are too large', async () => {
    const run = await newRun(smallNetwork());
    const startFrom = join(run.runDir, 'large.safetensors');
    const data = new Float32Array(32 * 10).fill(3e38);
    const weights = new Map([['logits/kernel', { dtype: 'float32' as const, shape: [32, 10], data }]]);
    await writeFile(startFrom, Buffer.concat(encodeSafetensors(weights)));
    const launched = await train(runtime(name), run, { startFrom });
    expect(launched.failure()).toMatchObject({
      failure: { nodeId: 'logits', data: { what: 'output', step: 1 } },
    });
  });

  it('names the weight that an update made infinite, with the rate that was set meanwhile', async () => {
    const run = await newRun(smallNetwork({}, { kind: 'sgd', params: { learningRate: 0.01 } }));
    const launched = launch(runtime(name), run);
    await launched.reached('training');
    launched.live.controls.setLearningRate('optimizer', 1e39);
    await launched.live.ended;
    const failure = launched.failure();
    expect(failure).toMatchObject({ failure: { reason: 'not-finite', data: { what: 'weight' } } });
  });
});
