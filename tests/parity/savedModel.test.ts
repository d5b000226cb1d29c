import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportRun } from '#main/engine/exports/exportRun.ts';
import { decodeSafetensors, encodeSafetensors } from '#main/engine/exports/safetensors.ts';
import { reopenRun } from '#main/engine/probe/reopenRun.ts';
import type { Batch, Runtime } from '#main/engine/runtime.ts';
import { resultTensors } from '#main/engine/trace/variables.ts';
import type { TensorValue } from '#shared/protocol/run.ts';
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

/** Every port of a batch, by its own name and by that with its node's before it: a signature has one of them. */
function inputsOf(batch: Batch): Map<string, TensorValue> {
  return new Map(
    Object.entries(batch.values).flatMap(([key, { shape, data }]) => {
      const value = { shape: [...shape], data: Float32Array.from(data) };
      return [key.slice(key.lastIndexOf('.') + 1), key.replace('.', '_')].map(
        (name) => [name, value] as const,
      );
    }),
  );
}

describe.each(documents)('exports of %s', (name, document) => {
  it('answer like the engine, in TensorFlow and safetensors for Python', async () => {
    const run = await newRun(document);
    await train(runtime, run, { maxSteps: 3 });
    const model = await reopenRun(runtime, run.runId, run.runDir);
    const { plan, session } = model;

    const savedModel = join(folder, name, 'saved-model');
    await exportRun(model, runtime, 'savedmodel', savedModel);
    const data = await model.openData();
    const size = Math.min(37, data.counts.test);
    const batch = await data.gather({ split: 'test', indices: null, start: 0, size });
    const inputFile = join(folder, name, 'input.safetensors');
    const outputFile = join(folder, name, 'output.safetensors');
    await writeFile(inputFile, Buffer.concat(encodeSafetensors(inputsOf(batch))));
    await judge('judge_savedmodel.py', savedModel, inputFile, outputFile);
    const theirs = decodeSafetensors(await readFile(outputFile)).tensors;
    const ours = await session.predict(batch, 0);
    const others = await session.predict(batch, 1);
    for (const { lossPath, activation } of plan.predictions) {
      const prefix = plan.predictions.length === 1 ? '' : `${lossPath}_`;
      const their = theirs.get(`${prefix}${activation === 'linear' ? 'prediction' : 'probabilities'}`);
      const our = ours[lossPath];
      expect(their?.shape, lossPath).toEqual(our?.shape);
      // What draws random numbers draws others there.
      const draws = our?.data.some((value, at) => value !== others[lossPath]?.data[at]);
      if (!their || !our || draws) continue;
      const scale = our.data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      const worst = our.data.reduce(
        (most, value, at) => Math.max(most, Math.abs(value - (their.data[at] ?? Number.NaN))),
        0,
      );
      expect(worst / scale, lossPath).toBeLessThanOrEqual(1e-5);
    }

    const weights = join(folder, name, 'weights.safetensors');
    await exportRun(model, runtime, 'safetensors', weights);
    const read = JSON.parse(await judge('judge_safetensors.py', weights)) as Record<
      string,
      [number[], number]
    >;
    const result = resultTensors(plan, await session.readState());
    expect(Object.keys(read).sort()).toEqual([...result.keys()].sort());
    for (const [key, { shape, data: values }] of result) {
      expect(read[key]?.[0], key).toEqual(shape);
      expect(read[key]?.[1], key).toBeCloseTo(
        values.reduce((sum, value) => sum + value, 0),
        4,
      );
    }
    session.dispose();
  });
});
