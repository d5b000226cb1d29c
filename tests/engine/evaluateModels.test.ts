import { beforeAll, describe, expect, it } from 'vitest';
import { openPlanData } from '#main/engine/data/planData.ts';
import { answerSplit, samplesOfCell, summarize } from '#main/engine/probe/evaluateRun.ts';
import { predictRun } from '#main/engine/probe/predictRun.ts';
import { reopenRun } from '#main/engine/probe/reopenRun.ts';
import type { Runtime } from '#main/engine/runtime.ts';
import { type GraphDocument, graphDocumentSchema } from '#shared/graph/document.ts';
import { nativeRuntime } from './traceSupport.ts';
import { newRun, train } from './trainSupport.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await nativeRuntime();
});

/** 1000 training images, one epoch; nodes as `id: [kind, params]`, wires as `a.x>b.y`. */
function network(
  nodes: Readonly<Record<string, readonly [string, Readonly<Record<string, unknown>>]>>,
  wires: readonly string[],
): GraphDocument {
  return graphDocumentSchema.parse({
    format: 'neuroloom',
    version: 1,
    name: 'evaluated',
    nodes: Object.entries({
      mnist: ['mnist', { validation: 59_000 }] as const,
      flatten: ['flatten', {}] as const,
      loss: ['mean-squared-error', {}] as const,
      adam: ['adam', { learningRate: 0.003 }] as const,
      ...nodes,
    }).map(([id, [kind, params]]) => ({ id, kind, params, position: { x: 0, y: 0 } })),
    edges: ['mnist.image>flatten.x', 'loss.loss>adam.loss', ...wires].map((wire) => {
      const [from, to] = wire.split('>').map((end) => {
        const [node, port] = end.split('.');
        return { node, port };
      });
      return { from, to };
    }),
    training: { epochs: 1, batchSize: 50, seed: 7 },
  });
}

async function trained(document: GraphDocument) {
  const run = await newRun(document);
  await train(runtime, run, { openData: openPlanData });
  return await reopenRun(runtime, run.runId, run.runDir);
}

describe('a network trained by mean squared error', () => {
  it('on classes: its answers are scores, the wrong ones come first, whatever the scores are', async () => {
    const model = await trained(
      network({ scores: ['dense', { units: 10 }] }, [
        'flatten.y>scores.x',
        'scores.y>loss.prediction',
        'mnist.label>loss.target',
      ]),
    );
    const answers = await answerSplit(model, 'test');
    const evaluation = await summarize(model, answers, 10_000);
    expect(evaluation.classValues).toBe('scores');
    expect(evaluation.labels).toHaveLength(10);
    expect(evaluation.confusion?.flat().reduce((sum, cell) => sum + cell, 0)).toBe(10_000);

    const right = evaluation.samples.map(({ correct }) => correct);
    const wrong = right.filter((correct) => correct === false).length;
    expect(wrong).toBeGreaterThan(100);
    expect(wrong).toBeLessThan(6_000);
    expect(right.indexOf(true)).toBe(wrong);
    const largest = evaluation.samples.slice(0, wrong).map(({ prediction }) => Math.max(...prediction));
    expect(largest).toEqual([...largest].sort((a, b) => b - a));

    const cell = await samplesOfCell(model, answers, { trueClass: 4, predictedClass: 9, maxSamples: 500 });
    expect(cell).toHaveLength(Math.min(500, evaluation.confusion?.[4]?.[9] ?? -1));

    const [first] = evaluation.samples;
    if (!first) throw new Error('no sample');
    const image = { shape: [1, 28, 28, 1], data: first.input.data };
    const { outputs, classValues } = await predictRun(model, { image });
    expect(classValues).toBe('scores');
    const [answer] = Object.values(outputs);
    for (const [index, score] of first.prediction.entries())
      expect(answer?.data[index]).toBeCloseTo(score, 5);
    model.session.dispose();
  });

  it('on its own input: samples are pictures beside what came back, the largest error first', async () => {
    const model = await trained(
      network(
        {
          code: ['dense', { units: 32, activation: 'relu' }],
          back: ['dense', { units: 784, activation: 'sigmoid' }],
        },
        ['flatten.y>code.x', 'code.y>back.x', 'back.y>loss.prediction', 'flatten.y>loss.target'],
      ),
    );
    const evaluation = await summarize(model, await answerSplit(model, 'test'), 20);
    expect(evaluation).toMatchObject({ labels: null, confusion: null, count: 10_000 });
    expect(evaluation.samples).toHaveLength(20);
    const errors = evaluation.samples.map(({ input, target, prediction, correct }) => {
      expect(correct).toBeNull();
      expect(input.shape).toEqual([28, 28, 1]);
      expect(target).toEqual([...input.data]);
      expect(prediction).toHaveLength(784);
      return prediction.reduce((sum, value, at) => sum + (value - (target[at] ?? 0)) ** 2, 0);
    });
    expect(errors).toEqual([...errors].sort((a, b) => b - a));
    // The whole split's mean, which the worst samples are above.
    expect((errors.at(-1) ?? 0) / 784).toBeGreaterThan(evaluation.metrics.loss ?? Number.POSITIVE_INFINITY);
    model.session.dispose();
  });

  it('on a value that it computes itself: there are no samples, and it says why', async () => {
    const model = await trained(
      network({ one: ['dense', { units: 4 }], other: ['dense', { units: 4 }] }, [
        'flatten.y>one.x',
        'flatten.y>other.x',
        'one.y>loss.prediction',
        'other.y>loss.target',
      ]),
    );
    await expect(answerSplit(model, 'test')).rejects.toMatchObject({ failure: { code: 'computed-target' } });
    model.session.dispose();
  });
});
