import { MessageChannel } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';
import { openPlanData } from '#main/engine/data/planData.ts';
import { answerSplit, samplesOfCell, summarize } from '#main/engine/probe/evaluateRun.ts';
import { predictRun } from '#main/engine/probe/predictRun.ts';
import { reopenRun } from '#main/engine/probe/reopenRun.ts';
import type { Runtime } from '#main/engine/runtime.ts';
import { listCheckpoints, readNewestCheckpoint } from '#main/engine/train/checkpoints.ts';
import { runFolder } from '#main/services/runFolder.ts';
import { nativeRuntime } from './traceSupport.ts';
import {
  bits,
  launch,
  newestCheckpoint,
  newRun,
  recordOf,
  STEPS_PER_EPOCH,
  smallNetwork,
  train,
} from './trainSupport.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await nativeRuntime();
});

describe('a run', () => {
  it('takes every epoch whole, validates, tests and says so on disk', async () => {
    const run = await newRun(smallNetwork());
    const { states, points, lastProgress } = await train(runtime, run);
    expect(states()).toEqual([
      'preparing',
      'compiling',
      'training',
      ...['validating', 'training', 'validating', 'training', 'validating'],
      'testing',
      'finished',
    ]);
    const whole = points().filter((point) => point.whole);
    expect(whole.map(({ split, step }) => `${split} ${step}`)).toEqual([
      'train 16',
      'validation 16',
      'train 32',
      'validation 32',
      'train 48',
      'validation 48',
      'test 48',
    ]);
    expect(whole.at(-1)?.metrics.accuracy).toBeGreaterThan(0.7);
    expect(lastProgress()).toMatchObject({
      step: 48,
      totalSteps: 48,
      epoch: 3,
      epochs: 3,
      stepsPerEpoch: 16,
    });
    expect(await recordOf(run)).toMatchObject({
      state: 'finished',
      runtime: { id: 'tensorflow-cpu' },
      latest: { test: { accuracy: whole.at(-1)?.metrics.accuracy } },
      resultStep: 48,
    });
    const kept = await listCheckpoints(runFolder.checkpoints(run.runDir));
    expect(kept.map(({ step }) => step)).toEqual([48, 32, 16]);
  });

  it('gives the same figures for the same seed and others for another', async () => {
    const result = async (seed: number) => {
      const run = await newRun(smallNetwork({ seed }));
      await train(runtime, run, { maxSteps: 20 });
      return bits(await newestCheckpoint(run)).tensors;
    };
    const first = await result(5);
    expect(await result(5)).toEqual(first);
    expect(await result(6)).not.toEqual(first);
  });

  it('pauses with a checkpoint, steps singly, changes its learning rate, resumes and stops', async () => {
    const run = await newRun(smallNetwork({ epochs: 1000 }));
    const launched = launch(runtime, run);
    const { live } = launched;
    live.controls.pause();
    await launched.reached('paused');
    const at = (await newestCheckpoint(run)).session.step;
    live.controls.step();
    await launched.reached('paused', 2);
    expect((await newestCheckpoint(run)).session.step).toBe(at + 1);
    live.controls.setLearningRate('optimizer', 0.25);
    live.controls.step();
    await launched.reached('paused', 3);
    expect(launched.lastProgress()?.learningRates).toEqual({ optimizer: 0.25 });
    live.controls.resume();
    await launched.reached('validating');
    live.controls.stop();
    await live.ended;
    expect(launched.state()).toBe('stopped');
    const newest = await newestCheckpoint(run);
    expect(newest.trainer.learningRates).toEqual({ optimizer: 0.25 });
    expect(newest.session.step).toBeGreaterThan(at + 2);
    live.model?.session.dispose();
  });

  it('uses the learning rate it is given', async () => {
    const still = await newRun(smallNetwork({ seed: 1 }, { kind: 'sgd', params: { learningRate: 1e-10 } }));
    const launched = launch(runtime, still, { maxSteps: 4 });
    launched.live.controls.pause();
    await launched.reached('paused');
    const before = bits(await newestCheckpoint(still)).tensors as string[][];
    launched.live.controls.setLearningRate('optimizer', 0.1);
    launched.live.controls.resume();
    await launched.live.ended;
    const after = bits(await newestCheckpoint(still)).tensors as string[][];
    const kernel = (tensors: string[][]) => tensors.find(([key]) => key === 'hidden/kernel');
    expect(kernel(after)).not.toEqual(kernel(before));
    launched.live.model?.session.dispose();
  });

  it('stops where the loss is no number, and says what to do', async () => {
    const run = await newRun(smallNetwork({}, { kind: 'sgd', params: { learningRate: 100 } }));
    for (const node of run.document.nodes) if (node.id === 'norm') node.params = { momentum: 0.9 };
    const launched = launch(runtime, run);
    await launched.reached('training');
    launched.live.controls.setLearningRate('optimizer', 1e38);
    await launched.live.ended;
    expect(launched.state()).toBe('failed');
    expect(launched.failure()).toMatchObject({
      failure: { reason: 'not-finite', message: expect.stringContaining('Lower the learning rate') },
    });
    expect(await recordOf(run)).toMatchObject({ state: 'failed', failure: { reason: 'not-finite' } });
  });

  it('stops early and puts the best weights back', async () => {
    const earlyStopping = { enabled: true, monitor: 'loss', patience: 2 };
    const run = await newRun(
      smallNetwork({ epochs: 100, earlyStopping }, { kind: 'adam', params: { learningRate: 0.02 } }),
    );
    const launched = launch(runtime, run);
    await launched.live.ended;
    expect(launched.state()).toBe('finished');
    const validation = launched.points().filter(({ split, whole }) => split === 'validation' && whole);
    const losses = validation.map(({ metrics }) => metrics.loss ?? Number.NaN);
    const bestIndex = losses.indexOf(Math.min(...losses));
    expect(bestIndex).toBe(losses.length - 3);
    const bestStep = (bestIndex + 1) * STEPS_PER_EPOCH;
    expect(await recordOf(run)).toMatchObject({ bestStep, resultStep: bestStep });
    const present = await launched.live.model?.session.readState();
    const best = await readNewestCheckpoint(runFolder.checkpoints(run.runDir), { preferredStep: bestStep });
    expect(present?.step).toBe(bestStep);
    expect(present?.tensors).toEqual(best?.session.tensors);
    launched.live.model?.session.dispose();
  });

  it('names what early stopping cannot watch', async () => {
    const run = await newRun(smallNetwork({ earlyStopping: { enabled: true, monitor: 'perplexity' } }));
    const launched = await train(runtime, run);
    expect(launched.failure()).toMatchObject({
      failure: { reason: 'invalid-graph', message: expect.stringContaining('perplexity') },
    });
  });

  it('fails with every problem of a graph that cannot be trained', async () => {
    const document = smallNetwork();
    document.edges.splice(1, 1);
    const run = await newRun(document);
    const launched = await train(runtime, run);
    expect(launched.failure()).toMatchObject({
      failure: { reason: 'invalid-graph', problems: expect.any(Array) },
    });
  });

  it('serves messages between any two steps, of training and of validation', async () => {
    let steps = 0;
    const counted: Runtime = {
      ...runtime,
      async createSession(plan, options) {
        const session = await runtime.createSession(plan, options);
        const count = <A extends unknown[], R>(step: (...args: A) => R) => {
          return (...args: A): R => {
            steps += 1;
            return step(...args);
          };
        };
        return {
          info: session.info,
          takesCompact: session.takesCompact,
          compute: count(session.compute.bind(session)),
          trainStep: count((...args: Parameters<typeof session.trainStep>) => session.trainStep(...args)),
          evaluateStep: count((...args: Parameters<typeof session.evaluateStep>) =>
            session.evaluateStep(...args),
          ),
          predict: (...args) => session.predict(...args),
          readState: () => session.readState(),
          findNonFinite: (batch) => session.findNonFinite(batch),
          writeState: (state) => session.writeState(state),
          dispose: () => session.dispose(),
        };
      },
    };
    const run = await newRun(smallNetwork());
    const { port1, port2 } = new MessageChannel();
    let longest = 0;
    let askedAt = 0;
    port2.on('message', () => {
      longest = Math.max(longest, steps - askedAt);
      askedAt = steps;
      port1.postMessage('ping');
    });
    port1.postMessage('ping');
    const { state } = await train(counted, run);
    port1.close();
    expect(state()).toBe('finished');
    expect(steps).toBeGreaterThan(48);
    expect(longest).toBeLessThanOrEqual(2);
  });
});

describe('a finished run', () => {
  it('is evaluated, asked and taken apart as it was trained', async () => {
    const run = await newRun(smallNetwork());
    const launched = await train(runtime, run, { openData: openPlanData });
    const test = launched.points().find(({ split }) => split === 'test');

    const model = await reopenRun(runtime, run.runId, run.runDir);
    const answers = await answerSplit(model, 'test');
    const evaluation = await summarize(model, answers, 50);
    expect(evaluation.metrics).toEqual(test?.metrics);
    expect(evaluation.count).toBe(10_000);
    expect(evaluation.labels).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);

    const matrix = evaluation.confusion ?? [];
    expect(matrix.flat().reduce((sum, cell) => sum + cell, 0)).toBe(10_000);
    const right = matrix.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
    expect(right / 10_000).toBeCloseTo(evaluation.metrics.accuracy ?? 0, 6);

    const certainty = evaluation.samples.map(({ prediction }) => Math.max(...prediction));
    expect(evaluation.samples).toHaveLength(50);
    expect(evaluation.samples.every(({ correct }) => correct === false)).toBe(true);
    expect(certainty).toEqual([...certainty].sort((a, b) => b - a));

    const cell = await samplesOfCell(model, answers, { trueClass: 4, predictedClass: 9, maxSamples: 500 });
    expect(cell).toHaveLength(Math.min(500, matrix[4]?.[9] ?? -1));
    expect(cell.every(({ target }) => target[0] === 4)).toBe(true);

    const [first] = evaluation.samples;
    if (!first) throw new Error('no sample');
    const { outputs, labels } = await predictRun(model, {
      image: { shape: [1, 28, 28, 1], data: first.input.data },
    });
    expect(labels?.length).toBe(10);
    const [answer] = Object.values(outputs);
    for (const [index, probability] of first.prediction.entries())
      expect(answer?.data[index]).toBeCloseTo(probability, 5);
    await expect(
      predictRun(model, { image: { shape: [1, 27, 28, 1], data: new Float32Array(756) } }),
    ).rejects.toThrow(/28×28/);
    model.session.dispose();
  });
});
