import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportRun } from '#main/engine/exports/exportRun.ts';
import { decodeSafetensors, encodeSafetensors } from '#main/engine/exports/safetensors.ts';
import { reopenRun } from '#main/engine/probe/reopenRun.ts';
import type { Runtime } from '#main/engine/runtime.ts';
import { templates } from '#shared/templates/index.ts';
import { nativeRuntime } from '../engine/traceSupport.ts';
import { newRun, smallNetwork, train } from '../engine/trainSupport.ts';
import { judge, preparePython } from './pythonJudge.ts';

let runtime: Runtime;
let folder: string;
beforeAll(async () => {
  await preparePython('requirements.txt');
  runtime = await nativeRuntime();
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-parity-'));
}, 900_000);
afterAll(() => rm(folder, { recursive: true }));

const documents = [
  ['a network with running averages', smallNetwork()],
  ...templates.map(({ id, document }) => [id, document] as const),
] as const;

describe.each(documents)('exports of %s', (name, document) => {
  it('answer like the engine, in TensorFlow and safetensors for Python', async () => {
    const run = await newRun(document);
    await train(runtime, run, { maxSteps: 20 });
    const model = await reopenRun(runtime, run.runId, run.runDir);

    const savedModel = join(folder, name, 'saved-model');
    await exportRun(model, runtime, 'savedmodel', savedModel);
    const batch = await (await model.openData()).gather({ split: 'test', indices: null, start: 0, size: 37 });
    const image = batch.values['mnist.image'];
    if (!(image?.data instanceof Float32Array)) throw new Error('no image');
    const input = new Map([['image', { shape: [...image.shape], data: Float32Array.from(image.data) }]]);
    const inputFile = join(folder, name, 'input.safetensors');
    const outputFile = join(folder, name, 'output.safetensors');
    await writeFile(inputFile, Buffer.concat(encodeSafetensors(input)));
    await judge('judge_savedmodel.py', savedModel, inputFile, outputFile);
    const theirs = decodeSafetensors(await readFile(outputFile)).tensors.get('probabilities');
    const [ours] = Object.values(await model.session.predict(batch));
    expect(theirs?.shape).toEqual(ours?.shape);
    const differences = theirs?.data.map((value, index) =>
      Math.abs(value - (ours?.data[index] ?? Number.NaN)),
    );
    expect(Math.max(...(differences ?? [Number.NaN]))).toBeLessThanOrEqual(1e-5);

    const weights = join(folder, name, 'weights.safetensors');
    await exportRun(model, runtime, 'safetensors', weights);
    const read = JSON.parse(await judge('judge_safetensors.py', weights)) as Record<
      string,
      [number[], number]
    >;
    const state = [...(await model.session.readState()).tensors].filter(([, { role }]) => role !== 'slot');
    expect(Object.keys(read).sort()).toEqual(state.map(([key]) => key).sort());
    for (const [key, { shape, data }] of state) {
      expect(read[key]?.[0]).toEqual(shape);
      expect(read[key]?.[1]).toBeCloseTo(
        data.reduce((sum, value) => sum + value, 0),
        2,
      );
    }
    model.session.dispose();
  });
});
