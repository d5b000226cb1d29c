import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from '#main/engine/exports/safetensors.ts';
import { droppedBy } from '#main/engine/ops/dropped.ts';
import { createNativeOps } from '#main/engine/ops/nativeOps.ts';
import { selectBackend } from '#main/engine/trace/selectBackend.ts';
import { NATIVE_EAGER_BACKEND } from '#main/engine/trace/tfjsNode.ts';
import type {
  ForwardArgs,
  LayerNode,
  LossNode,
  MetricNode,
  NodeExample,
  NodeSource,
} from '#shared/nodes/defineNode.ts';
import { sumKey } from '#shared/nodes/metricSums.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import type { TensorValue } from '#shared/protocol/run.ts';
import {
  type ExampleInput,
  exampleInputs,
  inferArgs,
  randomValues,
  sizeOf,
} from '../conformance/examplePlan.ts';
import { nativeRuntime } from '../engine/traceSupport.ts';
import { judge, preparePython } from './pythonJudge.ts';

type Framework = 'pytorch' | 'keras';
const frameworks: readonly Framework[] = ['pytorch', 'keras'];

interface Case {
  readonly name: string;
  readonly definition: LayerNode | LossNode | MetricNode;
  readonly example: NodeExample;
  readonly sources: Readonly<Partial<Record<Framework, NodeSource>>>;
}

/** `NEUROLOOM_KINDS=gru,lstm` judges those alone. */
const wantedKinds = process.env.NEUROLOOM_KINDS?.split(',');

const cases: readonly Case[] = nodeDefinitions.flatMap((definition) => {
  if (wantedKinds && !wantedKinds.includes(definition.kind)) return [];
  if (definition.role === 'dataset' || definition.role === 'optimizer') return [];
  // Needs a tape; the conformance tests compare it with finite differences.
  if (definition.role !== 'metric' && definition.differentiatesTwice) return [];
  return definition.examples.map((example) => {
    const args = inferArgs(definition, example);
    const pytorch = definition.sources?.pytorch?.(args);
    const keras = definition.sources?.keras?.(args);
    const name = `${definition.kind}: ${example.name}`;
    return { name, definition, example, sources: { ...(pytorch && { pytorch }), ...(keras && { keras }) } };
  });
});

let folder: string;
const tensors = new Map<string, TensorValue>();
const ours = new Map<string, readonly TensorValue[]>();
/** Cases whose numbers are drawn, so that only shapes can be compared. */
const drawn = new Set<string>();
const theirs: Record<string, { answers: ReadonlyMap<string, TensorValue>; errors: Record<string, string> }> =
  {};

beforeAll(async () => {
  await preparePython('requirements.txt');
  await preparePython('requirements-torch.txt');
  await nativeRuntime();
  selectBackend(NATIVE_EAGER_BACKEND);
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-parity-'));
  for (const one of cases) if (Object.keys(one.sources).length > 0) ours.set(one.name, compute(one));
  await writeFile(join(folder, 'tensors.safetensors'), Buffer.concat(encodeSafetensors(tensors)));
  for (const framework of frameworks) {
    const file = join(folder, `${framework}.json`);
    await writeFile(file, JSON.stringify(cases.flatMap((one) => described(one, framework) ?? [])));
    const output = join(folder, `${framework}.safetensors`);
    const printed = await judge(
      'judge_sources.py',
      framework,
      file,
      join(folder, 'tensors.safetensors'),
      output,
    );
    theirs[framework] = {
      answers: decodeSafetensors(await readFile(output)).tensors,
      errors: JSON.parse(printed.trim().split('\n').at(-1) ?? '{}') as Record<string, string>,
    };
  }
}, 1_800_000);
afterAll(() => rm(folder, { recursive: true }));

const keyOf = ({ name }: Case, part: string): string => `${name}/${part}`;

function described(one: Case, framework: Framework) {
  const source = one.sources[framework];
  if (!source) return undefined;
  const inputs: Record<string, object | object[]> = {};
  for (const { port, path, dtype } of exampleInputs(one.example)) {
    const given = { key: keyOf(one, path), dtype };
    const earlier = inputs[port];
    const several = one.definition.ports.inputs.some(({ id, multiple }) => id === port && multiple);
    inputs[port] = several ? [...(Array.isArray(earlier) ? earlier : []), given] : given;
  }
  const weights = Object.entries(source.weights ?? {}).map(([weight, { name, value }]) => ({
    key: keyOf(one, `weight-${weight}`),
    name,
    value: value ?? null,
  }));
  const { module = null, call, zeros = [] } = source;
  return { name: one.name, module, call, zeros, inputs, weights };
}

/** What the node's own forward pass gives when it does not train. */
function compute(one: Case): readonly TensorValue[] {
  const { definition, example } = one;
  const args = inferArgs(definition, example);
  const make = (part: string, shape: readonly number[], data: Float32Array, dtype: ExampleInput['dtype']) => {
    tensors.set(keyOf(one, part), { shape: [...shape], data: Float32Array.from(data) });
    return tf.cast(tf.tensor(data, [...shape], 'float32'), dtype);
  };
  const inputs: Record<string, tf.Tensor> = {};
  const lists: Record<string, tf.Tensor[]> = {};
  for (const { port, path, dtype, shape, range } of exampleInputs(example)) {
    const drawnValues = randomValues(sizeOf(shape), path, range);
    const value = make(path, shape, dtype === 'float32' ? drawnValues : drawnValues.map(Math.floor), dtype);
    const several = definition.ports.inputs.some(({ id, multiple }) => id === port && multiple);
    if (several) lists[port] = [...(lists[port] ?? []), value];
    else inputs[port] = value;
  }
  const specs = definition.role === 'metric' ? {} : (definition.weights?.(args) ?? {});
  const weights = Object.fromEntries(
    Object.entries(specs).map(([name, { shape, trainable }]) => {
      // A variance must be positive.
      const values = randomValues(sizeOf(shape), `weight-${name}`, trainable ? [-1, 1] : [0.5, 1.5]);
      return [name, make(`weight-${name}`, shape, values, 'float32')];
    }),
  );
  const draw = (shape: readonly number[]): tf.Tensor => {
    drawn.add(one.name);
    return tf.fill([...shape], 0.5);
  };
  const forwardArgs: ForwardArgs<Record<string, unknown>> = {
    ctx: {
      ops: createNativeOps({ addonKernels: true }),
      training: false,
      random: { uniform: draw, normal: draw, dropped: droppedBy(draw) },
      update: () => undefined,
    },
    inputs,
    lists,
    weights,
    params: args.params,
  };
  if (definition.role === 'metric') {
    const sums = Object.entries(definition.accumulate(forwardArgs)).flatMap(([sum, value]) => {
      const numbers = [...value.dataSync()];
      return numbers.map(
        (number, place) => [numbers.length === 1 ? sum : sumKey(sum, place), number] as const,
      );
    });
    return [{ shape: [], data: Float32Array.of(definition.finish(Object.fromEntries(sums))) }];
  }
  const outputs = definition.forward(forwardArgs);
  return definition.ports.outputs.flatMap(({ id }) => {
    const value = outputs[id];
    if (!value) return [];
    return [{ shape: [...value.shape], data: Float32Array.from(tf.cast(value, 'float32').dataSync()) }];
  });
}

describe.each(frameworks)('%s', (framework) => {
  const written = cases.filter(({ sources }) => sources[framework]);
  it.each(written.map(({ name }) => name))('%s', (name) => {
    const judged = theirs[framework];
    expect(judged?.errors[name] ?? '').toBe('');
    const mine = ours.get(name) ?? [];
    expect(mine.length).toBeGreaterThan(0);
    for (const [place, { shape, data }] of mine.entries()) {
      const wanted = judged?.answers.get(`${name}/${place}`);
      expect(wanted?.shape, `output ${place}`).toEqual(shape);
      if (drawn.has(name)) continue;
      const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      const error = data.reduce(
        (most, value, index) => Math.max(most, Math.abs(value - (wanted?.data[index] ?? Number.NaN))),
        0,
      );
      expect(error / largest, `output ${place}`).toBeLessThanOrEqual(1e-5);
    }
  });
});
